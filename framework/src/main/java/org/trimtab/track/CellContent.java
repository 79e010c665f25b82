package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellFolder;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Environment;
import org.trimtab.track.RunContent.DatasetUse;
import org.trimtab.track.RunContent.Digest;
import org.trimtab.track.RunContent.FileContent;
import org.trimtab.track.RunContent.Point;

/** The run of a cell, from its journal. */
final class CellContent {
  /** Raised when a journal's run changes, so that the next replay sends it again. */
  private static final String FORMAT = "2";

  /** The suffix of an environment's commit if files differed from it. */
  private static final String DIRTY = "-dirty";

  private final Sweep sweep;
  private final CellJournal journal;
  private final Cell cell;
  private final CellFolder folder;

  private CellContent(Sweep sweep, CellJournal journal) {
    this.sweep = sweep;
    this.journal = journal;
    this.cell = journal.cell();
    this.folder = sweep.folder().cell(cell.id());
  }

  /**
   * The run according to the journal so far.
   *
   * @param journal may be read without items
   * @param held whether a process works on the cell
   * @param parent the id of the sweep's run
   */
  static RunContent of(Sweep sweep, CellJournal journal, boolean held, String parent) {
    return new CellContent(sweep, journal).content(held, parent);
  }

  private RunContent content(boolean held, String parent) {
    Map<String, String> params = CellParams.of(sweep, cell);
    Map<String, String> tags = tags(parent);
    boolean ended = journal.end() != null;
    String digest =
        ended
            ? new Digest()
                .add(FORMAT)
                .add(params)
                .add(tags)
                .add(bytes(folder.journal()))
                .add(bytes(folder.system()))
                .text()
            : null;
    return new RunContent(
        Sweep.key(cell),
        cell.label(),
        millis(journal.started()),
        journal.ended() == null ? null : millis(journal.ended()),
        status(held),
        tags,
        params,
        points(),
        datasets(),
        ended ? files() : List.of(),
        digest);
  }

  private String status(boolean held) {
    return switch (journal.status()) {
      case DONE -> "FINISHED";
      case DIVERGED, FAILED -> "FAILED";
      case INCOMPLETE, NOT_RUN -> held ? "RUNNING" : "KILLED";
    };
  }

  private Map<String, String> tags(String parent) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RunContent.KIND, "cell");
    tags.put(RunContent.KEY, Sweep.key(cell));
    tags.put(RunContent.STATUS, journal.status().word());
    Boolean noOp = journal.noOp();
    tags.put(RunContent.NO_OP, noOp == null ? CellParams.NONE : noOp.toString());
    tags.put("mlflow.parentRunId", parent);
    tags.putAll(source(sweep, journal.environment()));
    CellEnd end = journal.end();
    String reason = end == null ? null : end.reason();
    tags.put(RunContent.REASON, reason == null ? CellParams.NONE : RunContent.cut(reason));
    if (journal.status() == CellStatus.DONE) {
      tags.putAll(tables(cell.evaluations().stream().map(CellContent::table).toList()));
    }
    return tags;
  }

  /** The tag that names the tables among a run's files. */
  static Map<String, String> tables(List<String> paths) {
    ArrayNode tables = Json.MAPPER.createArrayNode();
    paths.forEach(path -> tables.addObject().put("path", path).put("type", "table"));
    return tables.isEmpty() ? Map.of() : Map.of("mlflow.loggedArtifacts", tables.toString());
  }

  /** The origin of a run, in MLflow's terms. */
  static Map<String, String> source(Sweep sweep, Environment environment) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("mlflow.source.name", sweep.plan().name() + ".yaml");
    tags.put("mlflow.source.type", "LOCAL");
    String commit = environment.gitCommit();
    if (commit != null) {
      tags.put("mlflow.source.git.commit", commit.replace(DIRTY, ""));
      tags.put(RunContent.DIRTY, Boolean.toString(commit.endsWith(DIRTY)));
    }
    return tags;
  }

  private List<Point> points() {
    List<Point> points = new ArrayList<>();
    long started = millis(journal.started());
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      CellJournal.Evaluated evaluated = journal.evaluated().get(evaluation.name());
      if (evaluated != null) {
        long time = millis(evaluated.time());
        String prefix = evaluation.metricPrefix() + "/";
        evaluated
            .metrics()
            .forEach((name, value) -> points.add(new Point(prefix + name, value, time, 0)));
        points.add(new Point(evaluation.name() + "/items", evaluated.items(), time, 0));
      }
    }
    if (journal.end() != null) {
      points.addAll(fit(started));
    }
    points.addAll(SystemReading.points(folder.system()));
    return points;
  }

  /** Facts of the fit: sent last, since MLflow's comparison should begin with scores. */
  private List<Point> fit(long started) {
    List<Point> points = new ArrayList<>();
    Double effect = journal.effect();
    if (effect != null) {
      points.add(new Point("fit/largest_logit_change", effect, started, 0));
    }
    String ended = journal.ended();
    if (ended != null) {
      points.add(new Point("time/wall_seconds", journal.seconds(), millis(ended), 0));
    }
    ObjectNode facts = journal.facts();
    if (facts != null) {
      facts
          .properties()
          .forEach(fact -> fit("fit/" + fact.getKey(), fact.getValue(), started, points));
    }
    return points;
  }

  /** A number of the fit is a value, a list of numbers a curve; texts are in cell.json. */
  private static void fit(String name, JsonNode fact, long time, List<Point> points) {
    if (fact.isNumber()) {
      points.add(new Point(name, fact.doubleValue(), time, 0));
    }
    for (int step = 0; step < fact.size(); step++) {
      if (fact.path(step).isNumber()) {
        points.add(new Point(name, fact.path(step).doubleValue(), time, step));
      }
    }
  }

  private List<DatasetUse> datasets() {
    List<DatasetUse> uses = new ArrayList<>();
    Training training = cell.training();
    if (training != null) {
      String sha256 = cell.identity().at("/training/dataset").asText(CellParams.NONE);
      uses.add(new DatasetUse(training.dataset(), sha256, "train"));
    }
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      DatasetUse use =
          new DatasetUse(evaluation.dataset(), CellParams.sha256(cell, evaluation), "evaluation");
      if (!uses.contains(use)) {
        uses.add(use);
      }
    }
    return uses;
  }

  private List<FileContent> files() {
    List<FileContent> files = new ArrayList<>();
    files.add(new FileContent("cell.json", this::description));
    if (journal.status() == CellStatus.DONE) {
      for (PlannedEvaluation evaluation : cell.evaluations()) {
        files.add(new FileContent(table(evaluation), () -> items(evaluation)));
      }
    }
    return files;
  }

  private static String table(PlannedEvaluation evaluation) {
    return "items." + evaluation.name() + ".json";
  }

  private byte[] items(PlannedEvaluation evaluation) {
    CellJournal whole = sweep.folder().journal(cell).orElseThrow();
    return ItemTable.of(
            sweep.plan().measurement(evaluation).roles(), whole.results(evaluation.name()))
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The cell's identity and environment. */
  private byte[] description() {
    ObjectNode description = Json.object();
    description.set("cell", Json.MAPPER.valueToTree(cell));
    description.set("environment", Json.MAPPER.valueToTree(journal.environment()));
    ObjectNode facts = journal.facts();
    if (facts != null) {
      description.set("fit", facts);
    }
    return Json.pretty(description).getBytes(StandardCharsets.UTF_8);
  }

  /** A file's content; empty if the file is absent. */
  static byte[] bytes(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
