package org.trimtab.report.figure;

import java.util.Locale;

/** Java cannot draw text on this machine for lack of fonts, as on slim Linux images. */
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
