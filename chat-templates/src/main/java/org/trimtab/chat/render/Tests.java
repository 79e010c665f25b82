package org.trimtab.chat.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Callable;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Ordering;
import org.trimtab.chat.value.RangeValue;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Sequence;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The tests of Jinja. */
final class Tests {
  private static final Map<String, Test> ALL = new HashMap<>();

  static {
    ask("defined", value -> !(value instanceof Undefined));
    ask("undefined", value -> value instanceof Undefined);
    ask("none", value -> value instanceof None);
    ask("boolean", value -> value instanceof Bool);
    ask("true", value -> value == Bool.TRUE);
    ask("false", value -> value == Bool.FALSE);
    ask("integer", value -> value instanceof Int);
    ask("float", value -> value instanceof Real);
    ask("number", Arithmetic::isNumber);
    ask("string", value -> value instanceof Text);
    ask("mapping", value -> value instanceof DictValue);
    ask("sequence", Tests::isSequence);
    ask("iterable", value -> value instanceof LoopValue || Values.isIterable(value));
    ask("callable", value -> value instanceof Callable || value instanceof Undefined);
    ask("escaped", value -> value instanceof Text text && text.markup());
    ask("lower", value -> TextPredicates.isLower(Values.print(value)));
    ask("upper", value -> TextPredicates.isUpper(Values.print(value)));
    ask("odd", value -> remainder(value, new Int(2), new Int(1)));
    ask("even", value -> remainder(value, new Int(2), new Int(0)));
    ask("filter", value -> Filters.names().contains(name(value)));
    ask("test", value -> names().contains(name(value)));
    compare("divisibleby", (value, other) -> remainder(value, other, new Int(0)));
    compare("sameas", Tests::isSame);
    compare("in", (value, other) -> Values.contains(other, value));
    compare(Equality::equal, "==", "eq", "equalto");
    compare((value, other) -> !Equality.equal(value, other), "!=", "ne");
    order(">", "gt", "greaterthan");
    order(">=", "ge");
    order("<", "lt", "lessthan");
    order("<=", "le");
  }

  /** A question about two values. */
  private interface Relation {
    boolean holds(Value value, Value other);
  }

  private Tests() {}

  /** The names of all tests. */
  static Set<String> names() {
    return ALL.keySet();
  }

  static Test get(String name) {
    Test test = ALL.get(name);
    if (test == null) {
      throw Failure.runtime("No test named '" + name + "' found.");
    }
    return test;
  }

  /** The test of that name where it comes as an argument of a filter. */
  static Test named(Value name) {
    Test test = ALL.get(Expect.text(name));
    if (test == null) {
      throw Failure.runtime("No test named '" + Expect.text(name) + "'.");
    }
    return test;
  }

  private static void ask(String name, Predicate<Value> predicate) {
    ALL.put(
        name,
        (value, arguments) -> {
          arguments.bind("test_" + name, 0);
          return predicate.test(value);
        });
  }

  private static void compare(String name, Relation relation) {
    ALL.put(
        name,
        (value, arguments) ->
            relation.holds(value, arguments.positional("test_" + name, 1, 1).get(0)));
  }

  private static void compare(Relation relation, String... names) {
    for (String name : names) {
      compare(name, relation);
    }
  }

  private static void order(String operator, String... names) {
    Relation relation = (value, other) -> Ordering.holds(operator, value, other);
    compare(operator, relation);
    compare(relation, names);
  }

  private static boolean isSequence(Value value) {
    return value instanceof Text
        || value instanceof Sequence
        || value instanceof DictValue
        || value instanceof RangeValue
        || value instanceof Undefined;
  }

  private static boolean remainder(Value value, Value divisor, Value wanted) {
    if (value instanceof Text) {
      throw Failure.type("not all arguments converted during string formatting");
    }
    return Equality.equal(Arithmetic.apply("%", value, divisor), wanted);
  }

  private static boolean isSame(Value value, Value other) {
    if (value == other) {
      return true;
    }
    boolean singletons = value instanceof Bool || value instanceof None;
    if (singletons || value.getClass() != other.getClass()) {
      return false;
    }
    throw Failure.unsupported("the test 'sameas' of two values of type " + value.typeName());
  }

  private static String name(Value value) {
    return value instanceof Text text ? text.value() : "";
  }

  static boolean holds(Value name, Value value, Arguments arguments) {
    return named(name).holds(value, arguments);
  }
}
