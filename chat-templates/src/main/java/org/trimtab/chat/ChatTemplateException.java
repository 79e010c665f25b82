package org.trimtab.chat;

/**
 * Why a chat template gives no prompt: it is malformed, refuses the conversation, fails as it would
 * in Python, exceeds a limit, or uses what this implementation does not know. The message is for
 * people and names template and line.
 */
public class ChatTemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String detail;
  private final int line;

  ChatTemplateException(String template, int line, String kind, String detail, Throwable cause) {
    super(
        "chat template "
            + template
            + ", line "
            + line
            + ": "
            + (kind.equals("TemplateError") ? "the template refuses: " : kind + ": ")
            + detail,
        cause);
    this.kind = kind;
    this.detail = detail;
    this.line = line;
  }

  /**
   * The name of the exception that jinja2 or Python raises: {@code TemplateError} where the
   * template itself refuses, {@code TemplateSyntaxError}, {@code UndefinedError}, {@code
   * TypeError}, ...; or {@code Unsupported} for what only the reference implementation can do, and
   * {@code LimitExceeded}.
   */
  public String kind() {
    return kind;
  }

  /** The message without the place; of a template that refuses, the template's own words. */
  public String detail() {
    return detail;
  }

  /** The line of the template, counted from 1. */
  public int line() {
    return line;
  }
}
