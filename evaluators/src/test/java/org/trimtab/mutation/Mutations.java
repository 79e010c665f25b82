package org.trimtab.mutation;

import java.io.IOException;
import java.nio.file.Path;

/** Mutated inputs of one kind. Used by several threads. */
interface Mutations {
  /** The kind, as it is counted: journals, specs, models. */
  String kind();

  /**
   * Writes a mutated input into an empty folder.
   *
   * @param draw where all choices come from
   */
  Mutant write(Draw draw, Path folder) throws IOException;

  /** Runs the commands that read the input, and judges what they do. */
  Verdict judge(Mutant mutant, Path folder, WorkerProcess program) throws IOException;
}
