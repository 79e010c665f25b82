package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Statement;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Repr;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** A macro, with the scope that it was defined in. */
final class MacroValue implements Callable {
  private static final String CALLER = "caller";

  private final String name;
  private final Statement.Macro macro;
  private final Scope definition;
  private final Executor executor;

  MacroValue(String name, Statement.Macro macro, Scope definition, Executor executor) {
    this.name = name;
    this.macro = macro;
    this.definition = definition;
    this.executor = executor;
  }

  /** Arguments with the body of a call block added. */
  static Arguments withCaller(Arguments arguments, Value caller) {
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    if (named.put(CALLER, caller) != null) {
      throw Failure.type("got multiple values for keyword argument 'caller'");
    }
    return new Arguments(arguments.positional(), named);
  }

  @Override
  public Value call(Arguments arguments) {
    List<Statement.Parameter> parameters = macro.parameters();
    List<Value> positional = arguments.positional();
    Map<String, Value> named = new LinkedHashMap<>(arguments.named());
    List<@Nullable Value> given = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      given.add(i < positional.size() ? positional.get(i) : named.remove(parameters.get(i).name()));
    }
    Scope scope = definition.inner(executor.missing(macro.body()));
    if (macro.takesCaller()) {
      Value caller = named.remove(CALLER);
      Value absent = Undefined.because("No caller defined");
      scope.set(CALLER, caller == null || caller instanceof None ? absent : caller);
    }
    takeRest(scope, positional, named);
    for (int i = 0; i < parameters.size(); i++) {
      scope.set(parameters.get(i).name(), value(parameters.get(i), given.get(i), scope));
    }
    Output output = new Output();
    executor.execute(macro.body(), scope, output);
    return Text.of(output.toString());
  }

  private void takeRest(Scope scope, List<Value> positional, Map<String, Value> named) {
    int count = macro.parameters().size();
    if (macro.takesKwargs()) {
      List<DictValue.Entry> entries = new ArrayList<>();
      named.forEach((key, value) -> entries.add(new DictValue.Entry(Text.of(key), value)));
      scope.set("kwargs", new DictValue(entries));
    } else if (named.containsKey(CALLER)) {
      throw Failure.type(
          "macro "
              + Repr.text(name)
              + " was invoked with two values for the special caller argument."
              + " This is most likely a bug.");
    } else if (!named.isEmpty()) {
      String unknown = Repr.text(named.keySet().iterator().next());
      throw Failure.type("macro " + Repr.text(name) + " takes no keyword argument " + unknown);
    }
    if (macro.takesVarargs()) {
      int first = Math.min(count, positional.size());
      scope.set("varargs", new TupleValue(positional.subList(first, positional.size())));
    } else if (positional.size() > count) {
      throw Failure.type(
          "macro " + Repr.text(name) + " takes not more than " + count + " argument(s)");
    }
  }

  private Value value(Statement.Parameter parameter, @Nullable Value given, Scope scope) {
    if (given != null) {
      return given;
    }
    if (parameter.otherwise() == null) {
      return Undefined.because("parameter '" + parameter.name() + "' was not provided");
    }
    return executor.evaluator().evaluate(parameter.otherwise(), scope);
  }

  @Override
  public @Nullable Value attribute(String attribute) {
    return switch (attribute) {
      case "name" -> Text.of(name);
      case "arguments" ->
          new TupleValue(
              macro.parameters().stream().map(each -> (Value) Text.of(each.name())).toList());
      case "catch_kwargs" -> Bool.of(macro.takesKwargs());
      case "catch_varargs" -> Bool.of(macro.takesVarargs());
      case "caller" -> Bool.of(macro.takesCaller());
      default -> null;
    };
  }

  @Override
  public String representation() {
    return "<Macro " + Repr.text(name) + ">";
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public String qualifiedName() {
    return "jinja2.runtime.Macro";
  }
}
