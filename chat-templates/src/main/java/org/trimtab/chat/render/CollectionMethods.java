package org.trimtab.chat.render;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.DictView;
import org.trimtab.chat.value.Equality;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Repr;
import org.trimtab.chat.value.Sequence;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** The methods of dicts, lists and tuples that do not change them; the sandbox refuses others. */
final class CollectionMethods {
  private static final Set<String> CHANGING_DICT =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> CHANGING_LIST =
      Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

  private CollectionMethods() {}

  static @Nullable Value attribute(Value owner, String name) {
    Function.Body body = owner instanceof DictValue dict ? method(dict, name) : method(owner, name);
    if (body != null) {
      return new Function("builtin_function_or_method", body);
    }
    boolean changes =
        (owner instanceof DictValue && CHANGING_DICT.contains(name))
            || (owner instanceof ListValue && CHANGING_LIST.contains(name));
    return changes ? Undefined.unsafe(owner, name) : null;
  }

  private static Function.@Nullable Body method(DictValue dict, String name) {
    return switch (name) {
      case "items" -> arguments -> view(dict, DictView.Part.ITEMS, name, arguments);
      case "keys" -> arguments -> view(dict, DictView.Part.KEYS, name, arguments);
      case "values" -> arguments -> view(dict, DictView.Part.VALUES, name, arguments);
      case "get" -> arguments -> get(dict, arguments.positional("get", 1, 2));
      case "copy" ->
          arguments -> {
            arguments.positional("copy", 0, 0);
            return new DictValue(dict.entries());
          };
      case "fromkeys" -> throw Failure.unsupported("the method 'fromkeys'");
      default -> null;
    };
  }

  private static Value view(DictValue dict, DictView.Part part, String name, Arguments arguments) {
    arguments.positional(name, 0, 0);
    return new DictView(dict, part);
  }

  private static Value get(DictValue dict, List<Value> arguments) {
    Value value = dict.get(arguments.get(0));
    return value != null ? value : arguments.size() > 1 ? arguments.get(1) : None.NONE;
  }

  private static Function.@Nullable Body method(Value owner, String name) {
    List<Value> items = ((Sequence) owner).items();
    return switch (name) {
      case "count" ->
          arguments -> {
            Value wanted = arguments.positional("count", 1, 1).get(0);
            return new Int(items.stream().filter(item -> Equality.equal(item, wanted)).count());
          };
      case "index" -> arguments -> index(owner, items, arguments.positional("index", 1, 1).get(0));
      case "copy" ->
          owner instanceof ListValue
              ? arguments -> {
                arguments.positional("copy", 0, 0);
                return owner;
              }
              : null;
      default -> null;
    };
  }

  private static Value index(Value owner, List<Value> items, Value wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (Equality.equal(items.get(i), wanted)) {
        return new Int(i);
      }
    }
    throw Failure.value(
        owner instanceof ListValue
            ? Repr.of(wanted) + " is not in list"
            : "tuple.index(x): x not in tuple");
  }
}
