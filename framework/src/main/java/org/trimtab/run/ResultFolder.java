package org.trimtab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.FolderLock;
import org.trimtab.io.Hashes;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.Provenance;

/**
 * What runs of one spec have written: results/NAME with spec.yaml, provenance.json, plan.json,
 * cells.csv, timing.csv and a folder per cell. The cells of earlier versions of the spec may lie
 * there too; plan.json says which belong to the present one.
 *
 * @param path results/NAME
 */
public record ResultFolder(Path path) {
  private static final String MLFLOW = "mlflow/";

  /** What stands before the hash of everything above it, in the last line but one of plan.json. */
  private static final String CHECK = ",\n  \"check\" : \"";

  private static final int MOST_DIFFERENCES = 4;
  private static final int LONGEST_VALUE = 200;
  private static final String END = "\"\n}\n";

  /** The folder of a plan under the folder of all results. */
  public static ResultFolder of(Path results, Plan plan) {
    return new ResultFolder(results.resolve(plan.name()));
  }

  /** The folder of one cell. */
  public CellFolder cell(String id) {
    return new CellFolder(path.resolve("cells").resolve(id));
  }

  /** What the latest run was made from. */
  public Path provenanceFile() {
    return path.resolve("provenance.json");
  }

  /** The plan as the latest run wrote it. */
  public Path planFile() {
    return path.resolve("plan.json");
  }

  /** The spec as the latest run ran it: every default and every {@code --set} written out. */
  public Path specFile() {
    return path.resolve("spec.yaml");
  }

  /** Held while a process sends the journals to a tracking server. */
  public Path trackingLock() {
    return path.resolve("tracking.lock");
  }

  /** One line per cell: label, status, metrics. */
  public Path cellsFile() {
    return path.resolve("cells.csv");
  }

  /** Wall time per cell, which differs between runs. */
  public Path timingFile() {
    return path.resolve("timing.csv");
  }

  /**
   * Reads the plan of the latest run.
   *
   * @throws UserException when nothing ran here yet, or the file is damaged
   */
  public Plan plan() {
    Path file = planFile();
    String text = text(file);
    int check = Math.max(text.lastIndexOf(CHECK), 0);
    if (!text.substring(check).equals(CHECK + Hashes.text(text.substring(0, check)) + END)) {
      throw damagedPlan(text, check);
    }
    return read(file, text, Plan.class);
  }

  /** Names the line that is no JSON, or else that of the check that the lines above do not give. */
  private UserException damagedPlan(String text, int check) {
    long line = text.substring(0, check).lines().count() + 1;
    String reason = "the lines above do not give its check";
    Exception cause = null;
    try {
      if (!Json.MAPPER.readTree(text).has("check")) {
        line = 1;
        reason = "it has no check: an earlier version wrote it, or a part is lost";
      }
    } catch (JsonProcessingException e) {
      line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      reason = e.getOriginalMessage();
      cause = e;
    }
    return new UserException(
        ("%s:%s: the plan is damaged: %s. Nothing of it is used. Delete the file and run the"
                + " spec again: cells that have ended are reused.")
            .formatted(planFile(), line, reason),
        cause);
  }

  /**
   * Reads what the latest run was made from.
   *
   * @throws UserException when nothing ran here yet
   */
  public Provenance provenance() {
    Path file = provenanceFile();
    Provenance provenance = read(file, text(file), Provenance.class);
    if (provenance.format() != Provenance.FORMAT) {
      throw new UserException(
          "%s has format %s; this version reads format %s. Use the version that wrote it."
              .formatted(file, provenance.format(), Provenance.FORMAT));
    }
    return provenance;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(InputFile.regularIfThere(file)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new UserException("there is no " + file + ": run the spec first.", e);
    } catch (IOException e) {
      throw new UserException(file + " cannot be read (" + e + ").", e);
    }
  }

  private static <T> T read(Path file, String text, Class<T> type) {
    try {
      return Json.MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      String reason =
          e.getCause() instanceof UserException
              ? e.getCause().getMessage()
              : e.getOriginalMessage();
      throw new UserException(file + " cannot be read (" + reason + "). Run the spec again.", e);
    }
  }

  /**
   * Reads a cell's journal with all item results.
   *
   * @return nothing when the cell was never begun
   * @throws UserException when the journal is damaged or of another cell
   */
  public Optional<CellJournal> journal(Cell cell) {
    return JournalReader.read(cell(cell.id()).journal(), cell.id(), true);
  }

  /** Reads a cell's journal without item results, which is much faster. */
  public Optional<CellJournal> summary(Cell cell) {
    return JournalReader.read(cell(cell.id()).journal(), cell.id(), false);
  }

  /**
   * Writes spec.yaml, provenance.json and plan.json, before the first cell runs. A plan may extend
   * the one that is here: it has every cell of that one that has ended.
   *
   * @param spec the spec with everything written out that it leaves to defaults
   * @throws UserException when the results here are of another experiment
   */
  public void begin(String spec, Provenance provenance, Plan plan) {
    FolderLock lock = FolderLock.acquire(exportLock());
    try {
      if (Files.exists(planFile())) {
        refuseOther(plan);
      }
      writePlan(text(plan));
      write(specFile(), spec);
      write(provenanceFile(), Json.pretty(Json.MAPPER.valueToTree(provenance)));
    } finally {
      lock.close();
    }
  }

  private void refuseOther(Plan plan) {
    Plan before = plan();
    Set<String> planned = plan.cells().stream().map(Cell::id).collect(Collectors.toSet());
    List<Cell> lost =
        before.cells().stream()
            .filter(cell -> !planned.contains(cell.id()))
            .filter(cell -> summary(cell).filter(known -> known.status().isFinal()).isPresent())
            .toList();
    if (!lost.isEmpty()) {
      throw new UsageException(
          "%s holds the results of another experiment of this name: %d of its cells have ended and are not in this spec. The first is %s (%s): %s. Give this spec a name of its own (name: or --set name=NAME), or move the folder away; cells can be added to a spec, and ended ones are reused."
              .formatted(
                  path,
                  lost.size(),
                  lost.get(0).id(),
                  lost.get(0).label(),
                  difference(lost.get(0), plan)));
    }
  }

  /** What the most similar cell of a plan has otherwise. */
  private static String difference(Cell lost, Plan plan) {
    Map<String, String> was = FlatSettings.of(lost.identity());
    Map<String, String> nearest = Map.of();
    long most = -1;
    for (Cell cell : plan.cells()) {
      Map<String, String> is = FlatSettings.of(cell.identity());
      long same = was.entrySet().stream().filter(is.entrySet()::contains).count();
      if (same > most) {
        most = same;
        nearest = is;
      }
    }
    Set<String> keys = new LinkedHashSet<>(was.keySet());
    keys.addAll(nearest.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String then = was.getOrDefault(key, "absent");
      String now = nearest.getOrDefault(key, "absent");
      if (!then.equals(now)) {
        differences.add(key + " was " + shortened(then) + " and is " + shortened(now));
      }
    }
    return String.join("; ", differences.stream().limit(MOST_DIFFERENCES).toList());
  }

  private static String shortened(String value) {
    return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
  }

  /** The folder of tables and figures. */
  public Path report() {
    return path.resolve("report");
  }

  /** The folder of what was read of the directions of cells. */
  public Path readings() {
    return path.resolve("read");
  }

  /**
   * Writes what was read of a cell's direction.
   *
   * @param id the cell
   * @param files contents by name
   * @throws UserException when the disk refuses
   */
  public void writeReading(String id, Map<String, byte[]> files) {
    FolderLock lock = FolderLock.acquire(exportLock());
    try {
      files.forEach((name, content) -> write(readings().resolve(id).resolve(name), content));
    } finally {
      lock.close();
    }
  }

  /** The name, in the report's folder, of a table as MLflow shows tables. */
  public static String mlflowTable(String table) {
    return MLFLOW + table + ".json";
  }

  /** Whether a file of this folder is such a table. */
  public boolean isMlflowTable(Path file) {
    return file.startsWith(report().resolve(MLFLOW));
  }

  /**
   * Writes files of the report.
   *
   * @param files contents by name
   * @param stale names of files that an earlier report wrote and that this one lacks: deleted
   * @throws UserException when the disk refuses
   */
  public void writeReport(Map<String, byte[]> files, Collection<String> stale) {
    FolderLock lock = FolderLock.acquire(exportLock());
    try {
      files.forEach((name, content) -> write(report().resolve(name), content));
      for (String name : stale) {
        Files.deleteIfExists(report().resolve(name));
      }
    } catch (IOException e) {
      throw new UserException("cannot delete an old file in " + report() + " (" + e + ")", e);
    } finally {
      lock.close();
    }
  }

  /** A plan as plan.json holds it: the last key is the SHA-256 of the text above it. */
  static String text(Plan plan) {
    ObjectNode tree = Json.MAPPER.valueToTree(plan);
    for (Cell cell : plan.cells()) {
      ((ObjectNode) tree.withArray("cells").get(cell.index())).put("label", cell.label());
    }
    return withCheck(Json.pretty(tree));
  }

  /** A text of JSON whose check is appended, or made again. */
  static String withCheck(String pretty) {
    int known = pretty.lastIndexOf(CHECK);
    String above = pretty.substring(0, known < 0 ? pretty.length() - "\n}\n".length() : known);
    return above + CHECK + Hashes.text(above) + END;
  }

  /** The plan that a text of {@link #text} is of. */
  static Plan plan(String text) {
    try {
      return Json.MAPPER.readValue(text, Plan.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan that was written can always be read", e);
    }
  }

  /**
   * Writes a file of the folder, whole or not at all; the caller holds a lock.
   *
   * @throws UserException when the disk refuses
   */
  static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] content) {
    try {
      AtomicFile.write(file, content);
    } catch (IOException e) {
      throw new UserException(
          ("cannot write %s (%s). Check the free space and the rights of the folder; the"
                  + " same command goes on where it stopped.")
              .formatted(file, e),
          e);
    }
  }

  /** Writes plan.json, unless it says the same already. The caller holds the export lock. */
  void writePlan(String text) {
    try {
      if (!Files.exists(planFile())
          || !Files.readString(InputFile.regularIfThere(planFile())).equals(text)) {
        write(planFile(), text);
      }
    } catch (IOException e) {
      throw new UserException(planFile() + " cannot be read (" + e + ").", e);
    }
  }

  /** The lock under which the files of the whole spec are written. */
  Path exportLock() {
    return path.resolve("lock");
  }
}
