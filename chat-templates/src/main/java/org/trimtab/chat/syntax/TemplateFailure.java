package org.trimtab.chat.syntax;

import org.trimtab.chat.value.Failure;

/** What is wrong with a template, in its source or when it runs, and where. */
public final class TemplateFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String detail;
  private final int line;

  private TemplateFailure(String kind, String detail, int line) {
    super(detail, null, false, false);
    this.kind = kind;
    this.detail = detail;
    this.line = line;
  }

  /** Source that Jinja does not accept. */
  static TemplateFailure at(int line, String detail) {
    return new TemplateFailure("TemplateSyntaxError", detail, line);
  }

  /** Source that names what Jinja does not have. */
  static TemplateFailure assertion(int line, String detail) {
    return new TemplateFailure("TemplateAssertionError", detail, line);
  }

  /** Source for which Jinja makes Python code that does not compile. */
  static TemplateFailure python(int line, String detail) {
    return new TemplateFailure("SyntaxError", detail, line);
  }

  /** A failure whose line is now known. */
  public static TemplateFailure of(int line, Failure failure) {
    return new TemplateFailure(failure.kind(), failure.detail(), line);
  }

  /** The name of the exception of the reference implementation. */
  public String kind() {
    return kind;
  }

  /** The message alone. */
  public String detail() {
    return detail;
  }

  /** The line of the template, counted from 1. */
  public int line() {
    return line;
  }
}
