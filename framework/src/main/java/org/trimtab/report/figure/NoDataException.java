package org.trimtab.report.figure;

/** The results hold nothing to draw; the message says what is missing. */
public final class NoDataException extends Exception {
  private static final long serialVersionUID = 1L;

  NoDataException(String missing) {
    super(missing);
  }
}
