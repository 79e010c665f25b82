package org.trimtab.report.figure;

import java.util.Locale;

/** Java cannot draw texts on this machine, which slim images of Linux lack fonts for. */
public final class NoFontsException extends Exception {
  private static final long serialVersionUID = 1L;

  NoFontsException(Throwable cause) {
    super(
        "Java finds no fonts to draw with. Install fontconfig and a font ('apt-get install"
            + " fontconfig fonts-dejavu-core' on Debian) and make the report again",
        cause);
  }

  static boolean isReason(Throwable error) {
    return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT).contains("font");
  }
}
