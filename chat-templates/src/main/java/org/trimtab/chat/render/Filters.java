package org.trimtab.chat.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The filters of Jinja by name. */
final class Filters {
  private static final Map<String, Filter> ALL = new HashMap<>();

  static {
    ALL.put("default", Filters::otherwise);
    ALL.put("d", Filters::otherwise);
    TextFilters.addTo(ALL);
    NumberFilters.addTo(ALL);
    SequenceFilters.addTo(ALL);
    SelectionFilters.addTo(ALL);
    SortingFilters.addTo(ALL);
    ALL.put("tojson", JsonFilter::apply);
    for (String name :
        new String[] {
          "filesizeformat",
          "pprint",
          "random",
          "striptags",
          "urlencode",
          "urlize",
          "wordwrap",
          "xmlattr"
        }) {
      ALL.put(
          name,
          (input, arguments) -> {
            throw Failure.unsupported("the filter '" + name + "'");
          });
    }
  }

  private Filters() {}

  /** The names of all filters of Jinja, those not supported included. */
  static Set<String> names() {
    return ALL.keySet();
  }

  static Filter get(String name) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw Failure.runtime("No filter named '" + name + "' found.");
    }
    return filter;
  }

  /** The filter of that name where it comes as an argument of another. */
  static Filter named(Value name) {
    Filter filter = ALL.get(Expect.text(name));
    if (filter == null) {
      throw Failure.runtime("No filter named '" + Expect.text(name) + "'.");
    }
    return filter;
  }

  private static Value otherwise(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_default", 0, "default_value", "boolean");
    boolean replaced =
        input instanceof Undefined || (Expect.truth(bound[1], false) && !Values.isTrue(input));
    if (!replaced) {
      return input;
    }
    return bound[0] == null ? Text.EMPTY : bound[0];
  }
}
