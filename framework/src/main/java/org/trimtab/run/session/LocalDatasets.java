package org.trimtab.run.session;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Pair;
import org.trimtab.data.Prompt;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.plan.DatasetFacts;

/** The data sets that a spec names, found or fetched once. Not thread-safe. */
public final class LocalDatasets implements DatasetFacts {
  private final Datasets source;
  private final ModelSource models;
  private final Progress progress;
  private final Map<String, Datasets.Dataset> found = new LinkedHashMap<>();
  private final Map<String, DatasetKind> kinds = new LinkedHashMap<>();
  private final Map<String, Integer> items = new LinkedHashMap<>();
  private final Map<List<String>, ContrastTexts> texts = new HashMap<>();

  LocalDatasets(Datasets source, ModelSource models, Progress progress) {
    this.source = source;
    this.progress = progress;
    this.models = models;
  }

  /** The data sets that were asked for so far. */
  public Collection<Datasets.Dataset> found() {
    return found.values();
  }

  /** The file of a data set. */
  public Path path(String dataset) {
    return find(dataset).path();
  }

  /**
   * The number of questions or pairs; 1 for a running text, which is cut into windows by its
   * evaluator.
   */
  @Override
  public int items(String dataset) {
    return items.computeIfAbsent(dataset, this::count);
  }

  @Override
  public int lines(String dataset) {
    return Prompt.read(path(dataset)).size();
  }

  @Override
  public DatasetKind kind(String dataset) {
    return kinds.computeIfAbsent(dataset, name -> DatasetKind.of(path(name)));
  }

  @Override
  public ContrastTexts texts(List<String> files) {
    return texts.computeIfAbsent(files, this::read);
  }

  private ContrastTexts read(List<String> files) {
    ContrastTexts read = ContrastTexts.read(files.stream().map(this::path).toList());
    if (read.repeated() > 0) {
      progress.note(
          "%s: %d texts repeat earlier ones and are left out"
              .formatted(String.join(" + ", files), read.repeated()));
    }
    return read;
  }

  @Override
  public String sha256(String dataset) {
    return find(dataset).sha256();
  }

  @Override
  public String modelSha256(String model) {
    return models.resolve(model).weightsSha256();
  }

  private int count(String dataset) {
    Path path = path(dataset);
    int repeated = kind(dataset) == DatasetKind.PAIRS ? Pair.repeated(path) : 0;
    if (repeated > 0) {
      progress.note(
          "%s: %d pairs repeat the prompt of an earlier pair and are left out"
              .formatted(path, repeated));
    }
    return kind(dataset).items(path);
  }

  private Datasets.Dataset find(String dataset) {
    return found.computeIfAbsent(dataset, source::find);
  }
}
