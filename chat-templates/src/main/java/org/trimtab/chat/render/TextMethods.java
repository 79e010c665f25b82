package org.trimtab.chat.render;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.BraceFormat;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The methods of strings. */
final class TextMethods {
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "encode",
          "expandtabs",
          "format_map",
          "isdecimal",
          "isnumeric",
          "istitle",
          "maketrans",
          "translate",
          "unescape",
          "striptags",
          "escape");
  private static final Set<String> MARKUP_ONLY = Set.of("unescape", "striptags", "escape");

  private TextMethods() {}

  static @Nullable Value attribute(Text text, String name) {
    Function.Body body = method(text, name);
    if (body != null) {
      return new Function("builtin_function_or_method", body);
    }
    if (UNSUPPORTED.contains(name) && (text.markup() || !MARKUP_ONLY.contains(name))) {
      throw Failure.unsupported("the method '" + name + "' of a string");
    }
    return null;
  }

  private static Function.@Nullable Body method(Text text, String name) {
    return switch (name) {
      case "strip", "lstrip", "rstrip" -> arguments -> strip(text, name, arguments);
      case "startswith", "endswith" -> arguments -> affix(text, name, arguments);
      case "split", "rsplit" -> arguments -> TextSplitting.split(text, name, arguments);
      case "splitlines" -> arguments -> TextSplitting.lines(text, arguments);
      case "partition", "rpartition" -> arguments -> TextSplitting.partition(text, name, arguments);
      case "lower" -> plain(name, text, TextCase.lower(text.value()));
      case "upper" -> plain(name, text, TextCase.upper(text.value()));
      case "casefold" -> throw Failure.unsupported("the method 'casefold' of a string");
      case "capitalize" -> plain(name, text, TextCase.capitalize(text.value()));
      case "title" -> plain(name, text, TextCase.title(text.value()));
      case "swapcase" -> plain(name, text, TextCase.swap(text.value()));
      case "replace" ->
          arguments -> replace(Expect.plain(text, name), arguments.positional(name, 2, 3));
      case "join" -> arguments -> join(text, arguments);
      case "format" -> arguments -> Text.of(BraceFormat.apply(Expect.plain(text, name), arguments));
      case "removeprefix", "removesuffix" -> arguments -> remove(text, name, arguments);
      case "find", "rfind", "index", "rindex", "count" ->
          arguments -> TextSearch.search(text.value(), name, arguments.positional(name, 1, 3));
      case "center", "ljust", "rjust" ->
          arguments -> TextPadding.pad(text, name, arguments.positional(name, 1, 2));
      case "zfill" -> arguments -> TextPadding.zeros(text, arguments.positional(name, 1, 1));
      default -> TextPredicates.method(text.value(), name);
    };
  }

  private static Function.Body plain(String name, Text text, String result) {
    return arguments -> {
      arguments.positional(name, 0, 0);
      return text.with(result);
    };
  }

  private static Value strip(Text text, String name, Arguments arguments) {
    List<Value> given = arguments.positional(name, 0, 1);
    String characters = Expect.optionalText(given.isEmpty() ? null : given.get(0), name);
    return text.with(strip(text.value(), name, characters));
  }

  /** Strips characters, white space where they are null, from one side or both. */
  static String strip(String text, String name, @Nullable String characters) {
    IntPredicate strips =
        characters == null ? Whitespace::isSpace : point -> characters.indexOf(point) >= 0;
    String result = name.equals("rstrip") ? text : Whitespace.stripStart(text, strips);
    return name.equals("lstrip") ? result : Whitespace.stripEnd(result, strips);
  }

  private static Value affix(Text text, String name, Arguments arguments) {
    List<Value> given = arguments.positional(name, 1, 3);
    String part = text.value();
    if (given.size() > 1) {
      Value from = given.get(1);
      Value to = given.size() > 2 ? given.get(2) : null;
      if (Expect.integer(from, 0) > text.length()) {
        return Bool.FALSE;
      }
      part = ((Text) Attributes.slice(text, from, to, null)).value();
    }
    List<Value> affixes =
        given.get(0) instanceof TupleValue tuple ? tuple.items() : List.of(given.get(0));
    for (Value affix : affixes) {
      if (!(affix instanceof Text wanted)) {
        String type = affix.typeName();
        throw Failure.type(
            given.get(0) instanceof TupleValue
                ? "tuple for " + name + " must only contain str, not " + type
                : name + " first arg must be str or a tuple of str, not " + type);
      }
      boolean starts = name.equals("startswith");
      if (starts ? part.startsWith(wanted.value()) : part.endsWith(wanted.value())) {
        return Bool.TRUE;
      }
    }
    return Bool.FALSE;
  }

  private static Value replace(String text, List<Value> arguments) {
    for (int i = 0; i < 2; i++) {
      if (!(arguments.get(i) instanceof Text)) {
        String type = arguments.get(i).typeName();
        throw Failure.type("replace() argument " + (i + 1) + " must be str, not " + type);
      }
    }
    int count = Expect.bounded(arguments.size() > 2 ? arguments.get(2) : null, -1);
    String old = Expect.text(arguments.get(0));
    return Text.of(TextSearch.replace(text, old, Expect.text(arguments.get(1)), count));
  }

  private static Value join(Text separator, Arguments arguments) {
    String between = Expect.plain(separator, "join");
    Value iterable = arguments.positional("join", 1, 1).get(0);
    if (!Values.isIterable(iterable)) {
      throw Failure.type("can only join an iterable");
    }
    TextJoiner joiner = new TextJoiner(between);
    List<Value> items = Values.list(iterable);
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Text item)) {
        String type = items.get(i).typeName();
        throw Failure.type("sequence item " + i + ": expected str instance, " + type + " found");
      }
      joiner.add(item.value());
    }
    return Text.of(joiner.toString());
  }

  private static Value remove(Text text, String name, Arguments arguments) {
    Value argument = arguments.positional(name, 1, 1).get(0);
    if (!(argument instanceof Text part)) {
      throw Failure.type(name + "() argument must be str, not " + argument.typeName());
    }
    String whole = text.value();
    String affix = part.value();
    if (name.equals("removeprefix")) {
      return text.with(whole.startsWith(affix) ? whole.substring(affix.length()) : whole);
    }
    return text.with(
        whole.endsWith(affix) ? whole.substring(0, whole.length() - affix.length()) : whole);
  }
}
