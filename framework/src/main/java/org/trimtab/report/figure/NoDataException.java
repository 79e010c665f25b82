package org.trimtab.report.figure;

/** Results that a figure has nothing to draw of; its message says what is missing. */
public final class NoDataException extends Exception {
  private static final long serialVersionUID = 1L;

  NoDataException(String missing) {
    super(missing);
  }
}
