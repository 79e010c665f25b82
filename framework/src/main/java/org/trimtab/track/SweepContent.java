package org.trimtab.track;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Environment;
import org.trimtab.track.client.RunContent;
import org.trimtab.track.client.RunContent.FileContent;
import org.trimtab.track.client.RunTags;
import org.trimtab.track.link.SweepRuns;

/** The parent run of a sweep, with the data common to its cells. */
final class SweepContent {
  private static final String FORMAT = "1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SweepContent() {}

  /**
   * The run according to the folder so far.
   *
   * @param journals of the cells that were begun, at least one
   * @param live whether a run is in progress
   */
  static RunContent of(Sweep sweep, Collection<CellJournal> journals, boolean live) {
    CellJournal first = journals.iterator().next();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RunTags.KIND, "sweep");
    tags.put(RunTags.KEY, sweep.key());
    tags.put("mlflow.note.content", RunTags.cut(sweep.plan().question()));
    tags.putAll(CellContent.source(sweep, first.environment()));
    List<FileContent> files = files(sweep, journals);
    Digest digest = new Digest().add(FORMAT).add(tags);
    files.forEach(file -> digest.add(file.path()).add(file.bytes().get()));
    return new RunContent(
        sweep.key(),
        sweep.plan().name(),
        millis(journals.stream().map(CellJournal::started)).min().orElseThrow(),
        live ? null : ended(journals),
        live ? "RUNNING" : status(sweep, journals),
        tags,
        Map.of("model", sweep.model()),
        List.of(),
        List.of(),
        files,
        digest.text());
  }

  /** Tags of the experiment of all sweeps of a spec's name. */
  static Map<String, String> experimentTags(Sweep sweep, Collection<CellJournal> journals) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.experimentKind", "custom_model_development");
    tags.put("mlflow.note.content", RunTags.cut(sweep.plan().question()));
    journals.stream()
        .flatMap(journal -> journal.metrics().keySet().stream())
        .findFirst()
        .ifPresent(metric -> tags.put("mlflow.experiment.primaryMetric.name", metric));
    return tags;
  }

  /**
   * The sweep for its page: with the metrics of the main table, or with all.
   *
   * @param cells the ids of the cells' runs
   */
  static SweepRuns runs(
      Sweep sweep,
      Collection<CellJournal> journals,
      URI server,
      String experiment,
      String parent,
      List<String> cells) {
    Set<String> found = new LinkedHashSet<>();
    journals.forEach(journal -> found.addAll(journal.metrics().keySet()));
    Set<String> metrics = new LinkedHashSet<>(sweep.reported());
    metrics.retainAll(found);
    if (metrics.isEmpty()) {
      metrics.addAll(found);
    }
    return new SweepRuns(
        server,
        experiment,
        parent,
        sweep.plan().name(),
        Instant.ofEpochMilli(
            millis(journals.stream().map(CellJournal::started)).min().orElseThrow()),
        cells,
        factors(sweep),
        List.copyOf(metrics),
        metrics.isEmpty() ? CellParams.NONE : metrics.iterator().next());
  }

  /** The method, and every setting that differs between the cells of methods that have it. */
  private static List<String> factors(Sweep sweep) {
    Map<String, Set<String>> levels = new LinkedHashMap<>();
    for (Cell cell : sweep.plan().cells()) {
      CellParams.of(sweep, cell)
          .forEach((key, value) -> levels.computeIfAbsent(key, k -> new HashSet<>()).add(value));
    }
    levels.values().forEach(values -> values.remove(CellParams.NONE));
    return levels.entrySet().stream()
        .filter(level -> level.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .filter(key -> key.equals("method") || isSetting(sweep, key))
        .toList();
  }

  private static boolean isSetting(Sweep sweep, String param) {
    String base = param.replaceFirst("\\.(from|to)$", "");
    return sweep.settings().stream()
        .filter(setting -> !setting.startsWith("train") && !setting.equals("like"))
        .anyMatch(setting -> CellParams.name(setting).equals(base));
  }

  private static String status(Sweep sweep, Collection<CellJournal> journals) {
    if (journals.stream()
        .anyMatch(
            journal ->
                journal.status() == CellStatus.DIVERGED || journal.status() == CellStatus.FAILED)) {
      return "FAILED";
    }
    boolean all = journals.stream().allMatch(journal -> journal.status() == CellStatus.DONE);
    return all && journals.size() == sweep.plan().cells().size() ? "FINISHED" : "KILLED";
  }

  private static @Nullable Long ended(Collection<CellJournal> journals) {
    OptionalLong last =
        millis(journals.stream().map(CellJournal::ended).filter(Objects::nonNull)).max();
    return last.isPresent() ? last.getAsLong() : null;
  }

  private static LongStream millis(Stream<String> times) {
    return times.mapToLong(time -> Instant.parse(time).toEpochMilli());
  }

  private static List<FileContent> files(Sweep sweep, Collection<CellJournal> journals) {
    List<FileContent> files = new ArrayList<>();
    for (Path file : paths(sweep)) {
      String path = sweep.folder().path().relativize(file).toString().replace('\\', '/');
      files.add(new FileContent(path, () -> Digest.content(file)));
    }
    byte[] environments = environments(journals);
    files.add(new FileContent("environment.json", () -> environments));
    return files;
  }

  /** The spec, the table of cells, and every table and figure of the report. */
  static List<Path> paths(Sweep sweep) {
    List<Path> paths = new ArrayList<>();
    Path report = sweep.folder().report();
    try (Stream<Path> found = Files.exists(report) ? Files.walk(report) : Stream.empty()) {
      Stream.concat(
              Stream.of(sweep.folder().specFile(), sweep.folder().cellsFile()), found.sorted())
          .filter(Files::isRegularFile)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .forEach(paths::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return paths;
  }

  /** Where the cells ran: one entry per environment, with its cells. */
  private static byte[] environments(Collection<CellJournal> journals) {
    Map<Environment, List<String>> cells =
        journals.stream()
            .collect(
                Collectors.groupingBy(
                    CellJournal::environment,
                    LinkedHashMap::new,
                    Collectors.mapping(journal -> journal.cell().id(), Collectors.toList())));
    ArrayNode all = JSON.createArrayNode();
    cells.forEach(
        (environment, ids) -> {
          ObjectNode entry = JSON.valueToTree(environment);
          ids.forEach(entry.putArray("cells")::add);
          all.add(entry);
        });
    return all.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }
}
