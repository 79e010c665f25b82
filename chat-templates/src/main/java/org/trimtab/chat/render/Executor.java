package org.trimtab.chat.render;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.trimtab.chat.syntax.Expression;
import org.trimtab.chat.syntax.Scopes;
import org.trimtab.chat.syntax.Statement;
import org.trimtab.chat.syntax.Target;
import org.trimtab.chat.syntax.TemplateFailure;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Generator;
import org.trimtab.chat.value.NamespaceValue;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Executes the statements of a template for one rendering. */
final class Executor {
  private final Scopes scopes;
  private final Budget budget = new Budget();
  private final Evaluator evaluator = new Evaluator(budget);

  Executor(Scopes scopes) {
    this.scopes = scopes;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  /** Executes a body in a new scope and returns what it prints. */
  String print(List<Statement> body, Scope outer) {
    Output output = new Output();
    execute(body, outer.inner(missing(body)), output);
    return output.toString();
  }

  Set<String> missing(List<Statement> body) {
    return scopes.missing(body);
  }

  /** Counts an iteration of a loop. */
  void iterate() {
    budget.work(1);
  }

  Completion execute(List<Statement> body, Scope scope, Output output) {
    for (Statement statement : body) {
      budget.enter();
      Completion completion = execute(statement, scope, output);
      budget.leave();
      if (completion != Completion.NORMAL) {
        return completion;
      }
    }
    return Completion.NORMAL;
  }

  private Completion execute(Statement statement, Scope scope, Output output) {
    if (statement instanceof Statement.Data data) {
      output.print(data.text());
    } else if (statement instanceof Statement.Print print) {
      print(print.value(), scope, output);
    } else if (statement instanceof Statement.If conditional) {
      return execute(chosen(conditional, scope), scope, output);
    } else if (statement instanceof Statement.For loop) {
      new Loops(this, loop, scope, output).run(evaluator.evaluate(loop.items(), scope), 0);
    } else if (statement instanceof Statement.Set set) {
      checkNamespaces(set.target(), scope, set.line());
      assign(set.target(), evaluator.evaluate(set.value(), scope), scope, set.line());
    } else if (statement instanceof Statement.SetBlock block) {
      return setBlock(block, scope);
    } else if (statement instanceof Statement.DefineMacro define) {
      scope.set(define.name(), new MacroValue(define.name(), define.macro(), scope, this));
    } else if (statement instanceof Statement.CallBlock block) {
      output.print(Values.print(call(block, scope)));
    } else if (statement instanceof Statement.FilterBlock block) {
      return filterBlock(block, scope, output);
    } else if (statement instanceof Statement.With with) {
      return with(with, scope, output);
    } else if (statement instanceof Statement.Generation generation) {
      output.print(print(generation.body(), scope));
    } else {
      return statement instanceof Statement.Break ? Completion.BREAK : Completion.CONTINUE;
    }
    return Completion.NORMAL;
  }

  private void print(Expression value, Scope scope, Output output) {
    Value printed = evaluator.evaluate(value, scope);
    try {
      budget.used(printed);
      output.print(Values.print(printed));
    } catch (Failure failure) {
      throw TemplateFailure.of(value.line(), failure);
    }
  }

  private List<Statement> chosen(Statement.If conditional, Scope scope) {
    for (Statement.Branch branch : conditional.branches()) {
      if (evaluator.isTrue(branch.test(), scope)) {
        return branch.body();
      }
    }
    return conditional.otherwise();
  }

  private Completion setBlock(Statement.SetBlock block, Scope scope) {
    Output captured = new Output();
    Scope inner = scope.inner(missing(block.body()));
    Completion completion = execute(block.body(), inner, captured);
    if (completion == Completion.NORMAL) {
      Value content = Text.of(captured.toString());
      if (block.filter() != null) {
        content = evaluator.filterBlock(block.filter(), content, inner);
      }
      assign(block.target(), content, scope, block.line());
    }
    return completion;
  }

  private Completion filterBlock(Statement.FilterBlock block, Scope scope, Output output) {
    Output captured = new Output();
    Scope inner = scope.inner(missing(block.body()));
    Completion completion = execute(block.body(), inner, captured);
    if (completion == Completion.NORMAL) {
      Value content = Text.of(captured.toString());
      output.print(Values.print(evaluator.filterBlock(block.filter(), content, inner)));
    }
    return completion;
  }

  private Completion with(Statement.With with, Scope scope, Output output) {
    Scope inner = scope.inner(missing(with.body()));
    for (Statement.Set assignment : with.assignments()) {
      Value value = evaluator.evaluate(assignment.value(), scope);
      assign(assignment.target(), value, inner, assignment.line());
    }
    return execute(with.body(), inner, output);
  }

  private Value call(Statement.CallBlock block, Scope scope) {
    Expression.Call call = block.call();
    Value callee = evaluator.evaluate(call.callee(), scope);
    try {
      Arguments arguments = evaluator.arguments(call.arguments(), scope);
      Value caller = new MacroValue("caller", block.body(), scope, this);
      return Evaluator.call(callee, MacroValue.withCaller(arguments, caller));
    } catch (Failure failure) {
      throw TemplateFailure.of(call.line(), failure);
    }
  }

  /** Only a namespace may have attributes assigned, which Jinja checks before the value. */
  private static void checkNamespaces(Target target, Scope scope, int line) {
    if (target instanceof Target.Several several) {
      several.targets().forEach(each -> checkNamespaces(each, scope, line));
    } else if (target instanceof Target.Attribute attribute
        && !(scope.get(attribute.namespace()) instanceof NamespaceValue)) {
      throw TemplateFailure.of(
          line, Failure.runtime("cannot assign attribute on non-namespace object"));
    }
  }

  /** Assigns a value to a target. */
  void assign(Target target, Value value, Scope scope, int line) {
    if (target instanceof Target.Variable variable) {
      scope.set(variable.name(), value);
    } else if (target instanceof Target.Attribute attribute) {
      if (!(scope.get(attribute.namespace()) instanceof NamespaceValue namespace)) {
        throw TemplateFailure.of(
            line, Failure.unsupported("assigning a block to an element of this type"));
      }
      namespace.attributes().put(attribute.name(), value);
    } else if (target instanceof Target.Several several) {
      try {
        List<Value> parts = Values.unpack(value, several.targets().size());
        for (int i = 0; i < parts.size(); i++) {
          assign(several.targets().get(i), parts.get(i), scope, line);
        }
      } catch (Failure failure) {
        throw TemplateFailure.of(line, failure);
      }
    }
  }

  /** The elements that a loop takes, with its condition applied as it goes. */
  Value filtered(Statement.For loop, Value items, Scope scope) {
    Expression condition = loop.condition();
    if (condition == null) {
      return items;
    }
    Iterator<Value> all = Values.iterate(items);
    return Generator.of(
        new LazyIterator(
            () -> {
              while (all.hasNext()) {
                Value item = all.next();
                Scope inner = scope.inner(Set.of());
                assign(loop.target(), item, inner, loop.line());
                if (evaluator.isTrue(condition, inner)) {
                  return item;
                }
              }
              return null;
            }));
  }
}
