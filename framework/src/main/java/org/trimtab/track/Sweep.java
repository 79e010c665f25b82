package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Environment;
import org.trimtab.run.FlatSettings;
import org.trimtab.run.ResultFolder;
import org.trimtab.track.Links.SweepRuns;
import org.trimtab.track.RunContent.Digest;
import org.trimtab.track.RunContent.FileContent;

/**
 * The common data of all cells of a results folder.
 *
 * @param folder results/NAME
 * @param plan the plan of the latest run
 * @param model the model's name in the spec
 * @param settings every key of any method's settings: the params of all cells
 * @param reported the metrics of the spec's main table; empty when it names none
 */
record Sweep(
    ResultFolder folder, Plan plan, String model, List<String> settings, List<String> reported) {
  /**
   * Reads plan.json and spec.yaml.
   *
   * @throws org.trimtab.UserException when there is no plan
   */
  static Sweep read(ResultFolder folder) {
    Plan plan = folder.plan();
    JsonNode spec = spec(folder);
    return new Sweep(
        folder,
        plan,
        spec.path("model").asText(CellParams.NONE),
        FlatSettings.keys(plan.cells()),
        texts(spec.at("/report/table/columns")));
  }

  /** Without a spec, the weights' hash names the model. */
  private static JsonNode spec(ResultFolder folder) {
    try {
      return Json.YAML.readTree(Files.readString(InputFile.regularIfThere(folder.specFile())));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  String key() {
    return "sweep/" + plan.name();
  }

  static String key(Cell cell) {
    return "cell/" + cell.id();
  }

  /**
   * The run according to the folder so far.
   *
   * @param journals of the cells that were begun, at least one
   * @param live whether a run is in progress
   */
  RunContent content(Collection<CellJournal> journals, boolean live) {
    CellJournal first = journals.iterator().next();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RunContent.KIND, "sweep");
    tags.put(RunContent.KEY, key());
    tags.put("mlflow.note.content", RunContent.cut(plan.question()));
    tags.putAll(CellContent.source(this, first.environment()));
    tags.putAll(
        CellContent.tables(
            paths().stream().filter(folder::isMlflowTable).map(this::relative).toList()));
    List<FileContent> files = files(journals);
    Digest digest = new Digest().add("1").add(tags);
    files.forEach(file -> digest.add(file.path()).add(file.bytes().get()));
    return new RunContent(
        key(),
        plan.name(),
        millis(journals.stream().map(CellJournal::started)).min().orElseThrow(),
        live ? null : ended(journals),
        live ? "RUNNING" : status(journals),
        tags,
        Map.of("model", model),
        List.of(),
        List.of(),
        files,
        digest.text());
  }

  /** Tags of the experiment of all sweeps of a spec's name. */
  Map<String, String> experimentTags(Collection<CellJournal> journals) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.experimentKind", "custom_model_development");
    tags.put("mlflow.note.content", RunContent.cut(plan.question()));
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
  SweepRuns runs(
      Collection<CellJournal> journals,
      URI server,
      String experiment,
      String parent,
      List<String> cells) {
    Set<String> found = new LinkedHashSet<>();
    journals.forEach(journal -> found.addAll(journal.metrics().keySet()));
    Set<String> metrics = new LinkedHashSet<>(reported);
    metrics.retainAll(found);
    if (metrics.isEmpty()) {
      metrics.addAll(found);
    }
    return new SweepRuns(
        server,
        experiment,
        parent,
        plan.name(),
        Instant.ofEpochMilli(
            millis(journals.stream().map(CellJournal::started)).min().orElseThrow()),
        cells,
        factors(),
        List.copyOf(metrics),
        metrics.isEmpty() ? CellParams.NONE : metrics.iterator().next());
  }

  /** The method, and every setting that differs between the cells of methods that have it. */
  private List<String> factors() {
    Map<String, Set<String>> levels = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      CellParams.of(this, cell)
          .forEach((key, value) -> levels.computeIfAbsent(key, k -> new HashSet<>()).add(value));
    }
    levels.values().forEach(values -> values.remove(CellParams.NONE));
    return levels.entrySet().stream()
        .filter(level -> level.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .filter(key -> key.equals("method") || isSetting(key))
        .toList();
  }

  private boolean isSetting(String param) {
    String base = param.replaceFirst("\\.(from|to)$", "");
    return settings.stream()
        .filter(setting -> !setting.startsWith("train") && !setting.equals("like"))
        .anyMatch(setting -> CellParams.name(setting).equals(base));
  }

  private String status(Collection<CellJournal> journals) {
    if (journals.stream()
        .anyMatch(
            journal ->
                journal.status() == CellStatus.DIVERGED || journal.status() == CellStatus.FAILED)) {
      return "FAILED";
    }
    boolean all = journals.stream().allMatch(journal -> journal.status() == CellStatus.DONE);
    return all && journals.size() == plan.cells().size() ? "FINISHED" : "KILLED";
  }

  private static @Nullable Long ended(Collection<CellJournal> journals) {
    OptionalLong last =
        millis(journals.stream().map(CellJournal::ended).filter(Objects::nonNull)).max();
    return last.isPresent() ? last.getAsLong() : null;
  }

  private static LongStream millis(Stream<String> times) {
    return times.mapToLong(time -> Instant.parse(time).toEpochMilli());
  }

  private List<FileContent> files(Collection<CellJournal> journals) {
    List<FileContent> files = new ArrayList<>();
    for (Path file : paths()) {
      files.add(new FileContent(relative(file), () -> CellContent.bytes(file)));
    }
    byte[] environments = environments(journals);
    files.add(new FileContent("environment.json", () -> environments));
    return files;
  }

  private String relative(Path file) {
    return folder.path().relativize(file).toString().replace('\\', '/');
  }

  /** The spec, the table of cells, and every table and figure of the report. */
  List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    Path report = folder.report();
    try (Stream<Path> found = Files.exists(report) ? Files.walk(report) : Stream.empty()) {
      Stream.concat(Stream.of(folder.specFile(), folder.cellsFile()), found.sorted())
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
    ArrayNode all = Json.MAPPER.createArrayNode();
    cells.forEach(
        (environment, ids) -> {
          ObjectNode entry = Json.MAPPER.valueToTree(environment);
          ids.forEach(entry.putArray("cells")::add);
          all.add(entry);
        });
    return Json.pretty(all).getBytes(StandardCharsets.UTF_8);
  }
}
