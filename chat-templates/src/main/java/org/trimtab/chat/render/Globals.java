package org.trimtab.chat.render;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.trimtab.chat.text.DateFormat;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.NamespaceValue;
import org.trimtab.chat.value.RangeValue;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The functions that every template has: Jinja's, and those that transformers adds. */
final class Globals {
  private Globals() {}

  static Map<String, Value> of(Clock clock) {
    Map<String, Value> globals = new HashMap<>();
    globals.put("range", new Function("type", Globals::range));
    globals.put("dict", new Function("type", Globals::dict));
    globals.put("namespace", new Function("type", Globals::namespace));
    globals.put("raise_exception", new Function("function", Globals::raise));
    globals.put(
        "strftime_now",
        new Function("function", arguments -> strftime(arguments, LocalDateTime.now(clock))));
    for (String name : List.of("cycler", "joiner", "lipsum")) {
      globals.put(
          name,
          new Function(
              "type",
              arguments -> {
                throw Failure.unsupported("the function '" + name + "'");
              }));
    }
    return globals;
  }

  private static Value range(Arguments arguments) {
    List<Value> bounds = arguments.positional("range", 1, 3);
    boolean one = bounds.size() == 1;
    return new RangeValue(
        one ? 0 : bound(bounds.get(0)),
        bound(bounds.get(one ? 0 : 1)),
        bounds.size() < 3 ? 1 : bound(bounds.get(2)));
  }

  private static long bound(Value value) {
    return Expect.integer(value, 0);
  }

  private static DictValue dict(Arguments arguments) {
    List<Value> positional = arguments.positional();
    if (positional.size() > 1) {
      throw Failure.type("dict expected at most 1 argument, got " + positional.size());
    }
    List<DictValue.Entry> entries = new ArrayList<>();
    if (positional.size() == 1 && positional.get(0) instanceof DictValue dict) {
      entries.addAll(dict.entries());
    } else if (positional.size() == 1) {
      Iterator<Value> pairs = Values.iterate(positional.get(0));
      while (pairs.hasNext()) {
        List<Value> pair = Values.unpack(pairs.next(), 2);
        entries.add(new DictValue.Entry(pair.get(0), pair.get(1)));
      }
    }
    arguments
        .named()
        .forEach((name, value) -> entries.add(new DictValue.Entry(Text.of(name), value)));
    return new DictValue(entries);
  }

  private static Value namespace(Arguments arguments) {
    NamespaceValue namespace = new NamespaceValue();
    for (DictValue.Entry entry : dict(arguments).entries()) {
      if (!(entry.key() instanceof Text name)) {
        throw Failure.unsupported("a namespace with keys that are no strings");
      }
      namespace.attributes().put(name.value(), entry.value());
    }
    return namespace;
  }

  private static Value raise(Arguments arguments) {
    Value message = arguments.bind("raise_exception", 1, "message")[0];
    throw new Failure("TemplateError", message == null ? "" : Values.print(message));
  }

  private static Value strftime(Arguments arguments, LocalDateTime now) {
    Value format = arguments.bind("strftime_now", 1, "format")[0];
    if (!(format instanceof Text text)) {
      String type = format == null ? "None" : format.typeName();
      throw Failure.type("strftime() argument 1 must be str, not " + type);
    }
    return Text.of(DateFormat.apply(text.value(), now));
  }
}
