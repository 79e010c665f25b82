package org.trimtab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * What runs of one spec have written: results/NAME with plan.json, cells.csv, timing.csv and a
 * folder a cell. The cells of earlier versions of the spec may lie there too; plan.json says which
 * belong to the present one.
 *
 * @param path results/NAME
 */
public record ResultFolder(Path path) {
  /** The folder of a plan under the folder of all results. */
  public static ResultFolder of(Path results, Plan plan) {
    return new ResultFolder(results.resolve(plan.name()));
  }

  /** The folder of one cell. */
  public CellFolder cell(String id) {
    return new CellFolder(path.resolve("cells").resolve(id));
  }

  /** The plan as the latest run wrote it. */
  public Path planFile() {
    return path.resolve("plan.json");
  }

  /** The spec as the latest run ran it: every default and every {@code --set} written out. */
  public Path specFile() {
    return path.resolve("spec.yaml");
  }

  /** Tables and figures made from the journals. */
  public Path reportFolder() {
    return path.resolve("report");
  }

  /** Held while a process sends the journals to a tracking server. */
  public Path trackingLock() {
    return path.resolve("tracking.lock");
  }

  /** One line a cell: label, status, metrics. */
  public Path cellsFile() {
    return path.resolve("cells.csv");
  }

  /** Wall time a cell: what differs between runs. */
  public Path timingFile() {
    return path.resolve("timing.csv");
  }

  /**
   * Reads the plan of the latest run.
   *
   * @throws UserException when nothing ran here yet
   */
  public Plan plan() {
    Path file = planFile();
    try {
      return Json.MAPPER.readValue(Files.readString(file), Plan.class);
    } catch (JsonProcessingException e) {
      throw new UserException(
          file + " cannot be read (" + e.getOriginalMessage() + "). Run the spec again.", e);
    } catch (IOException e) {
      throw new UserException("there is no " + file + ": run the spec first.", e);
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
   * Writes spec.yaml.
   *
   * @param text the spec with everything written out that it leaves to defaults
   */
  public void writeSpec(String text) {
    FolderLock lock = FolderLock.acquire(exportLock());
    try {
      AtomicFile.write(specFile(), text);
    } finally {
      lock.close();
    }
  }

  /** Writes plan.json. The caller holds the export lock. */
  void write(Plan plan) {
    ObjectNode tree = Json.MAPPER.valueToTree(plan);
    for (Cell cell : plan.cells()) {
      ((ObjectNode) tree.withArray("cells").get(cell.index())).put("label", cell.label());
    }
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      AtomicFile.write(planFile(), Json.MAPPER.writer(printer).writeValueAsString(tree) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan can always be written as JSON", e);
    }
  }

  /** The lock under which the files of the whole spec are written. */
  Path exportLock() {
    return path.resolve("lock");
  }
}
