package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;

/** Parses templates: text and the tags that structure it. */
public final class Parser {
  private static final Set<String> UNSUPPORTED =
      Set.of("block", "extends", "include", "import", "from", "autoescape");

  private final TokenStream stream;
  private final NameUses names = new NameUses();
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private final OpenTags open = new OpenTags();
  private int loops;

  private Parser(TokenStream stream, Dialect dialect) {
    this.stream = stream;
    this.expressions = new ExpressionParser(stream, names, dialect);
    this.targets = new TargetParser(stream, names, expressions);
  }

  /**
   * Parses a template.
   *
   * @throws TemplateFailure for source that Jinja refuses, or that uses what is not supported
   */
  public static List<Statement> parse(String source, Dialect dialect) {
    Parser parser = new Parser(new TokenStream(Lexer.tokenize(source)), dialect);
    List<Statement> statements = parser.statements(List.of());
    parser.names.check();
    return statements;
  }

  /** Statements up to a tag with one of the names, which becomes the current token. */
  private List<Statement> statements(List<String> ends) {
    stream.enter();
    List<Statement> result = new ArrayList<>();
    while (!stream.is(Kind.END)) {
      Token token = stream.next();
      if (token.kind() == Kind.DATA) {
        result.add(new Statement.Data(token.text()));
      } else if (token.kind() == Kind.VARIABLE_BEGIN) {
        result.add(new Statement.Print(expressions.tuple(true, false, null)));
        stream.expect(Kind.VARIABLE_END);
      } else {
        if (stream.is(Kind.NAME) && ends.contains(stream.current().text())) {
          break;
        }
        statement(result);
        stream.expect(Kind.BLOCK_END);
      }
    }
    stream.leave();
    return List.copyOf(result);
  }

  /** The body of a tag up to one of the end tags, whose name becomes the current token. */
  private List<Statement> body(String... ends) {
    stream.skipOperator(":");
    stream.expect(Kind.BLOCK_END);
    open.expect(List.of(ends));
    List<Statement> result = statements(List.of(ends));
    if (stream.is(Kind.END)) {
      throw stream.fail(open.describe(null));
    }
    open.found();
    return result;
  }

  /** The body of a tag, with its end tag. */
  private List<Statement> closedBody(String end) {
    List<Statement> result = body(end);
    stream.next();
    return result;
  }

  private void statement(List<Statement> result) {
    Token tag = stream.current();
    if (tag.kind() != Kind.NAME) {
      throw stream.fail("tag name expected");
    }
    if (UNSUPPORTED.contains(tag.text())) {
      throw stream.unsupported("the tag '" + tag.text() + "'");
    }
    stream.next();
    open.enter(tag.text());
    parse(tag, result);
    open.leave();
  }

  private void parse(Token tag, List<Statement> result) {
    if (tag.text().equals("print")) {
      print(result);
      return;
    }
    result.add(
        switch (tag.text()) {
          case "if" -> parseIf();
          case "for" -> parseFor(tag.line());
          case "set" -> parseSet(tag.line());
          case "macro" -> parseMacro();
          case "call" -> parseCall();
          case "filter" -> parseFilter();
          case "with" -> parseWith();
          case "generation" -> new Statement.Generation(ownScope("endgeneration"));
          case "break" -> loopControl(tag, new Statement.Break());
          case "continue" -> loopControl(tag, new Statement.Continue());
          default -> throw TemplateFailure.at(tag.line(), open.describe(tag.text()));
        });
  }

  private void print(List<Statement> result) {
    while (!stream.is(Kind.BLOCK_END)) {
      result.add(new Statement.Print(expressions.parse()));
      if (!stream.is(Kind.BLOCK_END)) {
        stream.expectOperator(",");
      }
    }
  }

  private Statement loopControl(Token tag, Statement statement) {
    if (loops == 0) {
      String detail =
          tag.text().equals("break") ? "'break' outside loop" : "'continue' not properly in loop";
      throw TemplateFailure.python(tag.line(), detail);
    }
    return statement;
  }

  private Statement parseIf() {
    int mark = names.unknownSoFar();
    List<Statement.Branch> branches = new ArrayList<>();
    List<Statement> otherwise = List.of();
    String next = "elif";
    while (next.equals("elif")) {
      Expression test = expressions.tuple(false, false, null);
      branches.add(new Statement.Branch(test, body("elif", "else", "endif")));
      next = stream.next().text();
    }
    if (next.equals("else")) {
      otherwise = closedBody("endif");
    }
    names.forgive(mark);
    return new Statement.If(List.copyOf(branches), otherwise);
  }

  private Statement parseFor(int line) {
    Target target = targets.parse(false, "in");
    stream.expectName("in");
    Expression items = expressions.tuple(false, false, "recursive");
    int mark = names.unknownSoFar();
    @Nullable Expression condition = stream.skipName("if") ? expressions.parse() : null;
    boolean recursive = stream.skipName("recursive");
    loops++;
    List<Statement> body = body("endfor", "else");
    loops--;
    boolean hasElse = stream.next().text().equals("else");
    List<Statement> otherwise = hasElse ? closedBody("endfor") : List.of();
    names.confirm(mark);
    return new Statement.For(target, items, condition, body, otherwise, recursive, line);
  }

  private Statement parseSet(int line) {
    Target target = targets.parse(true, null);
    if (stream.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple(true, false, null), line);
    }
    int mark = names.unknownSoFar();
    Expression.@Nullable Filter filter =
        stream.skipOperator("|") ? expressions.primaries().blockFilter() : null;
    List<Statement> body = closedBody("endset");
    names.confirm(mark);
    return new Statement.SetBlock(target, filter, body, line);
  }

  private Statement parseMacro() {
    String name = targets.name();
    return new Statement.DefineMacro(name, macro("endmacro"));
  }

  private Statement parseCall() {
    int special = names.specialSoFar();
    int mark = names.unknownSoFar();
    List<Statement.Parameter> parameters = stream.isOperator("(") ? signature() : List.of();
    names.confirm(mark);
    int line = stream.current().line();
    if (!(expressions.parse() instanceof Expression.Call call)) {
      throw TemplateFailure.at(line, "expected call");
    }
    return new Statement.CallBlock(call, macro(parameters, special, "endcall"));
  }

  private Statement.Macro macro(String end) {
    int special = names.specialSoFar();
    int mark = names.unknownSoFar();
    List<Statement.Parameter> parameters = signature();
    names.confirm(mark);
    return macro(parameters, special, end);
  }

  private Statement.Macro macro(List<Statement.Parameter> parameters, int special, String end) {
    List<Statement> body = ownScope(end);
    Set<String> used = names.specialSince(special);
    return new Statement.Macro(
        parameters,
        body,
        used.contains("varargs"),
        used.contains("kwargs"),
        used.contains("caller"));
  }

  /** A body that becomes a function of its own: no loop around it can be left from inside. */
  private List<Statement> ownScope(String end) {
    int mark = names.unknownSoFar();
    int outer = loops;
    loops = 0;
    List<Statement> body = closedBody(end);
    loops = outer;
    names.confirm(mark);
    return body;
  }

  private List<Statement.Parameter> signature() {
    stream.expectOperator("(");
    List<Statement.Parameter> parameters = new ArrayList<>();
    boolean defaults = false;
    while (!stream.isOperator(")")) {
      String name = targets.name();
      if (Set.of("caller", "kwargs", "varargs").contains(name)) {
        throw stream.unsupported("a parameter named '" + name + "'");
      }
      @Nullable Expression otherwise = stream.skipOperator("=") ? expressions.parse() : null;
      if (otherwise == null && defaults) {
        throw stream.fail("non-default argument follows default argument");
      }
      defaults |= otherwise != null;
      parameters.add(new Statement.Parameter(name, otherwise));
      if (!stream.isOperator(")")) {
        stream.expectOperator(",");
      }
    }
    stream.next();
    return List.copyOf(parameters);
  }

  private Statement parseFilter() {
    int mark = names.unknownSoFar();
    Expression.Filter filter = expressions.primaries().blockFilter();
    List<Statement> body = closedBody("endfilter");
    names.confirm(mark);
    return new Statement.FilterBlock(filter, body);
  }

  private Statement parseWith() {
    int mark = names.unknownSoFar();
    List<Statement.Set> assignments = new ArrayList<>();
    while (!stream.is(Kind.BLOCK_END)) {
      if (!assignments.isEmpty()) {
        stream.expectOperator(",");
      }
      int line = stream.current().line();
      Target target = targets.parse(false, null);
      stream.expectOperator("=");
      assignments.add(new Statement.Set(target, expressions.parse(), line));
    }
    List<Statement> body = closedBody("endwith");
    names.confirm(mark);
    return new Statement.With(List.copyOf(assignments), body);
  }
}
