package org.trimtab.chat.value;

/**
 * What stops a template, under the name that the reference implementation gives it ({@code
 * TypeError}, {@code UndefinedError}, ...). The template's name and line are added where it
 * surfaces.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kind of what the reference implementation can do and this one refuses to guess. */
  public static final String UNSUPPORTED = "Unsupported";

  /** The kind of a template that exceeds a limit of {@link Limits}. */
  public static final String LIMIT = "LimitExceeded";

  private final String kind;
  private final String detail;

  /** Creates a failure of a kind, such as {@code TypeError}. */
  public Failure(String kind, String detail) {
    super(kind + ": " + detail, null, false, false);
    this.kind = kind;
    this.detail = detail;
  }

  /** An operation on values of the wrong type. */
  public static Failure type(String detail) {
    return new Failure("TypeError", detail);
  }

  /** An operation on the wrong value of the right type. */
  public static Failure value(String detail) {
    return new Failure("ValueError", detail);
  }

  /** What a template does wrong at run time by Jinja's own rules. */
  public static Failure runtime(String detail) {
    return new Failure("TemplateRuntimeError", detail);
  }

  /** A feature that exists in Jinja or Python and is not implemented here. */
  public static Failure unsupported(String feature) {
    return new Failure(UNSUPPORTED, feature + " is not supported");
  }

  /** A limit that protects the program. */
  public static Failure limit(String detail) {
    return new Failure(LIMIT, detail);
  }

  /** The name of the exception of the reference implementation, or one of the constants. */
  public String kind() {
    return kind;
  }

  /** The message alone. */
  public String detail() {
    return detail;
  }
}
