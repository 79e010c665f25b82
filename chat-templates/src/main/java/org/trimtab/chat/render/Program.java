package org.trimtab.chat.render;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Dialect;
import org.trimtab.chat.syntax.Parser;
import org.trimtab.chat.syntax.Scopes;
import org.trimtab.chat.syntax.Statement;
import org.trimtab.chat.syntax.TemplateFailure;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** A parsed template that can be rendered any number of times, also at once by several threads. */
public final class Program {
  private final List<Statement> statements;
  private final Scopes scopes;

  private Program(List<Statement> statements, Scopes scopes) {
    this.statements = statements;
    this.scopes = scopes;
  }

  /**
   * Parses a template.
   *
   * @throws TemplateFailure for source that Jinja refuses, or that uses what is not supported
   */
  public static Program parse(String source) {
    try {
      List<Statement> statements =
          Parser.parse(source, new Dialect(Filters.names(), Tests.names()));
      return new Program(statements, Scopes.of(statements));
    } catch (StackOverflowError deep) {
      throw TemplateFailure.of(1, Failure.limit("the template nests too deep"));
    }
  }

  /**
   * Renders the template.
   *
   * @param variables what it can read, as {@link Values#of} takes it
   * @param clock the time, in the zone that the template is to see
   * @throws TemplateFailure where Jinja raises an exception, or a feature is missing
   */
  public String render(Map<String, ? extends @Nullable Object> variables, Clock clock) {
    Map<String, Value> context = new HashMap<>(Globals.of(clock));
    variables.forEach((name, value) -> context.put(name, Values.of(value)));
    try {
      return new Executor(scopes).print(statements, Scope.of(context));
    } catch (Failure failure) {
      throw TemplateFailure.of(1, failure);
    } catch (StackOverflowError deep) {
      throw TemplateFailure.of(1, Failure.limit("the template's values nest too deep"));
    }
  }
}
