package org.trimtab.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.trimtab.data.DatasetKind;
import org.trimtab.method.FitContext;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.HiddenStates;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Methods;
import org.trimtab.model.LanguageModel;
import org.trimtab.plan.Cell;
import org.trimtab.plan.DatasetFacts;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Planner;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Spec;

/** Plans and fits on the tiny model, from data sets of six items. */
public final class TinyFits {
  private static final ModelFacts MODEL =
      new ModelFacts(
          "tiny", TinyModel.LAYERS, 32, 32, 4096, "w".repeat(64), "t".repeat(64), () -> true);

  private TinyFits() {}

  /** The cells of a spec whose data sets are of a kind, but for wikitext-2. */
  public static List<Cell> cells(Spec spec, DatasetKind kind) {
    return Planner.plan(spec, MODEL, datasets(kind), "cpu", Precision.FLOAT32, OptionalInt.empty())
        .cells();
  }

  private static DatasetFacts datasets(DatasetKind kind) {
    return new DatasetFacts() {
      @Override
      public int items(String dataset) {
        return dataset.equals("wikitext-2") ? 1 : 6;
      }

      @Override
      public String modelSha256(String model) {
        return "0".repeat(64);
      }

      @Override
      public DatasetKind kind(String dataset) {
        return dataset.equals("wikitext-2") ? DatasetKind.TEXT : kind;
      }

      @Override
      public String sha256(String dataset) {
        return dataset;
      }
    };
  }

  /**
   * Fits the method of a cell.
   *
   * @param files finds a data set by its name
   * @param vectors what was learned so far, which the fit may use and adds to
   */
  public static FittedMethod fit(
      LanguageModel model,
      Cell cell,
      Function<String, Path> files,
      Map<String, LearnedVector> vectors) {
    FitContext context =
        new FitContext(
            model,
            new HiddenStates(model, List.of()),
            name -> List.of(),
            files,
            vectors,
            name -> model,
            FitWatcher.NONE);
    return Methods.named(cell.method()).fit(cell, context);
  }
}
