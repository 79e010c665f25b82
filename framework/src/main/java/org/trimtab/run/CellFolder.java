package org.trimtab.run;

import java.nio.file.Path;
import org.trimtab.plan.Cell;

/**
 * The files of one cell.
 *
 * @param path results/NAME/cells/ID
 */
public record CellFolder(Path path) {
  /** The append-only record of what ran. */
  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  /** Held while a process works on the cell; its text says which. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** The load of the machine: processor, memory and GPU, one line every few seconds. */
  public Path system() {
    return path.resolve("system.jsonl");
  }

  /** The directions that its fit learned; missing for a method that learns none. */
  public Path directions() {
    return path.resolve("directions.safetensors");
  }

  /** Stack traces of failures. */
  public Path log() {
    return path.resolve("cell.log");
  }

  /**
   * The exported items of one evaluation: items.jsonl for the spec's first one,
   * items.EVALUATION.jsonl for the others.
   */
  public Path items(Cell cell, String evaluation) {
    boolean first = cell.evaluations().get(0).name().equals(evaluation);
    return path.resolve(first ? "items.jsonl" : "items." + evaluation + ".jsonl");
  }
}
