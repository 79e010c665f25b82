package org.trimtab.chat.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Which variables of a block start without a value, although something around the template has one.
 *
 * <p>Jinja decides for a whole block where its names come from: a name that the block assigns
 * unconditionally, without reading it before in the block itself, is the block's own from the start
 * (jinja2/idtracking.py). Only loops, macros and captured blocks that stand before the assignment
 * can tell.
 */
public final class Scopes {
  private final IdentityHashMap<List<Statement>, Set<String>> missing = new IdentityHashMap<>();

  private Scopes() {}

  /** Analyses a template. */
  public static Scopes of(List<Statement> template) {
    Scopes scopes = new Scopes();
    scopes.analyse(new Symbols(null), template);
    return scopes;
  }

  /** The names that have no value where the execution of a body starts. */
  public Set<String> missing(List<Statement> body) {
    return missing.getOrDefault(body, Set.of());
  }

  private void analyse(Symbols symbols, List<Statement> body) {
    List<Runnable> blocks = new ArrayList<>();
    visit(symbols, body, symbols, blocks);
    if (!symbols.missing().isEmpty()) {
      missing.put(body, Set.copyOf(symbols.missing()));
    }
    blocks.forEach(Runnable::run);
  }

  /** Notes what statements read and write; blocks with scopes of their own come afterwards. */
  private void visit(Symbols symbols, List<Statement> body, Symbols scope, List<Runnable> blocks) {
    for (Statement statement : body) {
      if (statement instanceof Statement.Print print) {
        symbols.load(print.value());
      } else if (statement instanceof Statement.Set set) {
        symbols.load(set.value());
        symbols.store(set.target());
      } else if (statement instanceof Statement.If conditional) {
        visitIf(symbols, conditional.branches(), conditional.otherwise(), scope, blocks);
      } else {
        visitBlock(symbols, statement, scope, blocks);
      }
    }
  }

  private void visitIf(
      Symbols symbols,
      List<Statement.Branch> branches,
      List<Statement> otherwise,
      Symbols scope,
      List<Runnable> blocks) {
    symbols.load(branches.get(0).test());
    Symbols then = symbols.copy();
    visit(then, branches.get(0).body(), scope, blocks);
    Symbols elseIf = symbols.copy();
    for (Statement.Branch branch : branches.subList(1, branches.size())) {
      visitIf(elseIf, List.of(branch), List.of(), scope, blocks);
    }
    Symbols last = symbols.copy();
    visit(last, otherwise, scope, blocks);
    symbols.merge(List.of(then, elseIf, last));
  }

  private void visitBlock(
      Symbols symbols, Statement statement, Symbols scope, List<Runnable> blocks) {
    if (statement instanceof Statement.For loop) {
      symbols.load(loop.items());
      blocks.add(
          () -> {
            Symbols inner = new Symbols(scope);
            inner.declare(loop.target());
            inner.declare("loop");
            analyse(inner, loop.body());
            analyse(new Symbols(scope), loop.otherwise());
          });
    } else if (statement instanceof Statement.SetBlock block) {
      symbols.store(block.target());
      blocks.add(() -> analyse(new Symbols(scope), block.body()));
    } else if (statement instanceof Statement.DefineMacro define) {
      symbols.store(define.name());
      blocks.add(() -> analyseMacro(scope, define.macro()));
    } else if (statement instanceof Statement.CallBlock block) {
      symbols.load(block.call());
      blocks.add(() -> analyseMacro(scope, block.body()));
    } else if (statement instanceof Statement.FilterBlock block) {
      symbols.load(block.filter());
      blocks.add(() -> analyse(new Symbols(scope), block.body()));
    } else if (statement instanceof Statement.With with) {
      with.assignments().forEach(assignment -> symbols.load(assignment.value()));
      blocks.add(
          () -> {
            Symbols inner = new Symbols(scope);
            with.assignments().forEach(assignment -> inner.declare(assignment.target()));
            analyse(inner, with.body());
          });
    } else if (statement instanceof Statement.Generation generation) {
      blocks.add(() -> analyse(new Symbols(scope), generation.body()));
    }
  }

  private void analyseMacro(Symbols outer, Statement.Macro macro) {
    Symbols inner = new Symbols(outer);
    macro.parameters().forEach(parameter -> inner.declare(parameter.name()));
    Set<String> special = new HashSet<>(Set.of("caller", "kwargs", "varargs"));
    special.forEach(inner::declare);
    for (Statement.Parameter parameter : macro.parameters()) {
      if (parameter.otherwise() != null) {
        inner.load(parameter.otherwise());
      }
    }
    analyse(inner, macro.body());
  }
}
