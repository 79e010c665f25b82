package org.trimtab.run;

import java.io.IOException;
import java.nio.file.Path;
import org.trimtab.UserException;

/** A journal cannot be written: the run stops, since its results would be lost. */
final class JournalException extends UserException {
  JournalException(Path file, IOException cause) {
    super(
        ("cannot write the journal %s (%s). Check the free space and the rights of the"
                + " folder; the same command resumes where it stopped.")
            .formatted(file, cause),
        cause);
  }
}
