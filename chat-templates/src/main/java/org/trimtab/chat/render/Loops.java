package org.trimtab.chat.render;

import java.util.Iterator;
import org.trimtab.chat.syntax.Statement;
import org.trimtab.chat.syntax.TemplateFailure;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Runs a {@code for} block, and again where a recursive one calls itself. */
final class Loops {
  private final Executor executor;
  private final Statement.For loop;
  private final Scope scope;
  private final Output output;

  Loops(Executor executor, Statement.For loop, Scope scope, Output output) {
    this.executor = executor;
    this.loop = loop;
    this.scope = scope;
    this.output = output;
  }

  /**
   * Runs the loop over some elements.
   *
   * @param depth how many runs of the same block this one is inside
   */
  void run(Value items, int depth) {
    LoopValue state = start(items, depth);
    // As in Jinja, the else block runs unless an iteration reached its end.
    boolean completed = false;
    while (hasNext(state)) {
      Scope inner = scope.inner(executor.missing(loop.body()));
      executor.assign(loop.target(), state.advance(), inner, loop.line());
      inner.set("loop", state);
      Completion completion = executor.execute(loop.body(), inner, output);
      completed |= completion == Completion.NORMAL;
      if (completion == Completion.BREAK) {
        break;
      }
    }
    if (!completed && !loop.otherwise().isEmpty()) {
      output.print(executor.print(loop.otherwise(), scope));
    }
  }

  private LoopValue start(Value items, int depth) {
    try {
      if (depth > Limits.DEPTH) {
        throw Failure.limit("a loop calls itself deeper than " + Limits.DEPTH + " levels");
      }
      Value filtered = executor.filtered(loop, items, scope);
      Iterator<Value> iterator = Values.iterate(filtered);
      return new LoopValue(filtered, iterator, depth, loop.recursive() ? this : null);
    } catch (Failure failure) {
      throw TemplateFailure.of(loop.line(), failure);
    }
  }

  private boolean hasNext(LoopValue state) {
    try {
      executor.iterate();
      return state.hasNext();
    } catch (Failure failure) {
      throw TemplateFailure.of(loop.line(), failure);
    }
  }

  /** What a recursive loop prints for other elements. */
  String recurse(Value items, int depth) {
    Output inner = new Output();
    new Loops(executor, loop, scope, inner).run(items, depth);
    return inner.toString();
  }
}
