package org.trimtab.run.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.UserException;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.HashCache;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.plan.Provenance;
import org.trimtab.run.ResultFolder;

/** Compares the files that a run read with the local or downloadable ones, by SHA-256. */
final class InputDifferences {
  private static final String NOT_THERE = "not there";

  private final List<Difference> differences = new ArrayList<>();

  private InputDifferences() {}

  /** The differences of the spec, the model's files and the data sets. */
  static List<Difference> of(ResultFolder original, ModelSource models, Datasets datasets) {
    Provenance provenance = original.provenance();
    InputDifferences found = new InputDifferences();
    found.spec(original.specFile(), provenance);
    found.model(provenance.model(), models);
    provenance.datasets().forEach((name, data) -> found.dataset(name, data, datasets));
    return List.copyOf(found.differences);
  }

  private void spec(Path file, Provenance provenance) {
    boolean there = Files.isRegularFile(file);
    add(
        "spec " + file.getFileName(),
        provenance.specSha256(),
        there ? HashCache.file(file) : NOT_THERE,
        there
            ? "it was edited after the run; run an edited spec under a name of its own"
            : "without it there is nothing to run");
  }

  private void model(Provenance.Model model, ModelSource models) {
    Map<String, String> here;
    try {
      here = models.resolve(model.name()).files();
    } catch (UserException e) {
      missing("model " + model.name(), "from " + model.source(), e);
      return;
    }
    Set<String> names = new TreeSet<>(model.files().keySet());
    names.addAll(here.keySet());
    for (String name : names) {
      add(
          "model file " + name,
          model.files().getOrDefault(name, NOT_THERE),
          here.getOrDefault(name, NOT_THERE),
          "the original's came from " + model.source());
    }
  }

  private void dataset(String name, Provenance.Data data, Datasets datasets) {
    try {
      add(
          "data set " + name,
          data.sha256(),
          datasets.find(name).sha256(),
          "the original's came from " + data.source() + "; --data names a folder that has it");
    } catch (UserException e) {
      missing("data set " + name, "sha256 " + data.sha256(), e);
    }
  }

  private void missing(String what, String was, UserException cause) {
    differences.add(
        new Difference(
            what, was, NOT_THERE, Severity.IDENTITY, String.valueOf(cause.getMessage())));
  }

  private void add(String what, String was, String is, String reason) {
    if (!was.equals(is)) {
      differences.add(new Difference(what, hash(was), hash(is), Severity.IDENTITY, reason));
    }
  }

  private static String hash(String value) {
    return value.equals(NOT_THERE) ? value : "sha256 " + value;
  }
}
