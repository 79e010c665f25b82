package org.trimtab.run;

import java.io.IOException;
import java.nio.file.Path;
import org.trimtab.UserException;

/** A journal that cannot be written: the run stops, since what it did would be lost. */
final class JournalException extends UserException {
  private static final long serialVersionUID = 1L;

  JournalException(Path file, IOException cause) {
    super(
        "cannot write the journal "
            + file
            + " ("
            + cause
            + "). Check the free space and the rights of the folder; the same command goes on where"
            + " it stopped.",
        cause);
  }
}
