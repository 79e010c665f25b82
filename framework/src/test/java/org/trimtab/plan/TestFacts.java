package org.trimtab.plan;

import java.util.OptionalInt;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.spec.Precision;
import org.trimtab.spec.TestSpecs;

/** A model of 30 layers and two data sets, for plans in tests. */
final class TestFacts {
  static final ModelFacts MODEL =
      new ModelFacts("tiny", 30, 576, 576, 4096, "w".repeat(64), "t".repeat(64), () -> true);

  static final DatasetFacts DATASETS =
      new DatasetFacts() {
        @Override
        public int items(String dataset) {
          return switch (dataset) {
            case "truthfulqa" -> 817;
            case "wikitext-2" -> 1;
            default -> throw new UserException("no data set '" + dataset + "'");
          };
        }

        @Override
        public DatasetKind kind(String dataset) {
          return dataset.equals("truthfulqa") ? DatasetKind.MULTIPLE_CHOICE : DatasetKind.TEXT;
        }

        @Override
        public String modelSha256(String model) {
          return "0".repeat(64);
        }

        @Override
        public String sha256(String dataset) {
          return CanonicalJson.sha256(dataset);
        }
      };

  private TestFacts() {}

  static Plan plan(String spec, String... overrides) {
    return plan(OptionalInt.empty(), spec, overrides);
  }

  static Plan plan(OptionalInt limit, String spec, String... overrides) {
    return Planner.plan(
        TestSpecs.spec(spec, overrides), MODEL, DATASETS, "cpu", Precision.FLOAT32, limit);
  }
}
