package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.PrintfFormat;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** Filters of text, most of which take any value as it prints. */
final class TextFilters {
  private static final Pattern WORD =
      Pattern.compile("[\\w\\p{N}]+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("string", (input, arguments) -> Values.text(alone(input, "soft_str", arguments)));
    filters.put("safe", (input, arguments) -> new Text(printed(input, "safe", arguments), true));
    for (String name : List.of("escape", "e")) {
      filters.put(name, (input, arguments) -> escape(alone(input, name, arguments)));
    }
    filters.put(
        "forceescape",
        (input, arguments) ->
            new Text(Text.escape(printed(input, "forceescape", arguments)), true));
    filters.put(
        "upper",
        (input, arguments) -> {
          Text text = Values.text(alone(input, "do_upper", arguments));
          return text.with(TextCase.upper(text.value()));
        });
    filters.put(
        "lower",
        (input, arguments) -> {
          Text text = Values.text(alone(input, "do_lower", arguments));
          return text.with(TextCase.lower(text.value()));
        });
    filters.put(
        "capitalize",
        (input, arguments) -> {
          Text text = Values.text(alone(input, "do_capitalize", arguments));
          return text.with(TextCase.capitalize(text.value()));
        });
    filters.put(
        "title", (input, arguments) -> Text.of(title(printed(input, "do_title", arguments))));
    filters.put("trim", TextFilters::trim);
    filters.put("replace", TextFilters::replace);
    filters.put("indent", TextFilters::indent);
    filters.put("center", TextFilters::center);
    filters.put("truncate", TextFilters::truncate);
    filters.put("format", TextFilters::format);
    filters.put(
        "wordcount",
        (input, arguments) ->
            new Int(WORD.matcher(printed(input, "do_wordcount", arguments)).results().count()));
  }

  private static Value alone(Value input, String function, Arguments arguments) {
    arguments.bind(function, 0);
    return input;
  }

  private static String printed(Value input, String function, Arguments arguments) {
    return Values.print(alone(input, function, arguments));
  }

  private static Value escape(Value input) {
    return input instanceof Text text && text.markup()
        ? text
        : new Text(Text.escape(Values.print(input)), true);
  }

  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean wordStart = true;
    int runStart = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean end = i == text.length();
      boolean separator =
          !end && (Whitespace.isSpace(text.charAt(i)) || "-({[<".indexOf(text.charAt(i)) >= 0);
      if (end || separator == wordStart) {
        out.append(titledRun(text.substring(runStart, i)));
        runStart = i;
        wordStart = !separator;
      }
    }
    return out.toString();
  }

  private static String titledRun(String run) {
    if (run.isEmpty()) {
      return run;
    }
    int first = run.offsetByCodePoints(0, 1);
    return TextCase.upper(run.substring(0, first)) + TextCase.lower(run.substring(first));
  }

  private static Value trim(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_trim", 0, "chars");
    Text text = Values.text(input);
    String characters = Expect.optionalText(bound[0], "strip");
    return text.with(TextMethods.strip(text.value(), "strip", characters));
  }

  private static Value replace(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_replace", 2, "old", "new", "count");
    Value old = bound[0];
    Value replacement = bound[1];
    if (old == null || replacement == null) {
      throw Failure.type("do_replace() missing required arguments");
    }
    int count = bound[2] == null || bound[2] instanceof None ? -1 : Expect.bounded(bound[2], -1);
    return Text.of(
        TextSearch.replace(
            Values.print(input), Values.print(old), Values.print(replacement), count));
  }

  private static Value indent(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_indent", 0, "width", "first", "blank");
    Expect.defined(input);
    if (!(input instanceof Text text)) {
      throw Failure.unsupported("the filter 'indent' of a " + input.typeName());
    }
    String indentation =
        bound[0] instanceof Text given
            ? given.value()
            : " ".repeat(Limits.text(Math.max(0, Expect.integer(bound[0], 4))));
    boolean blank = Expect.truth(bound[2], false);
    // A line break at the end counts as a last line without text.
    List<String> lines = new ArrayList<>(TextSplitting.lines(text.value() + "\n", false));
    Limits.text(text.value().length() + (long) lines.size() * indentation.length());
    StringBuilder out = new StringBuilder(Expect.truth(bound[1], false) ? indentation : "");
    out.append(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      out.append('\n').append(blank || !line.isEmpty() ? indentation : "").append(line);
    }
    return text.with(out.toString());
  }

  private static Value center(Value input, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("do_center", 0, "width");
    Value width = bound[0] == null ? new Int(80) : bound[0];
    return TextPadding.pad(Values.text(input), "center", List.of(width));
  }

  private static Value truncate(Value input, Arguments arguments) {
    @Nullable Value[] bound =
        arguments.bind("do_truncate", 0, "length", "killwords", "end", "leeway");
    if (input instanceof Undefined) {
      return input;
    }
    if (!(input instanceof Text text)) {
      throw Failure.unsupported("the filter 'truncate' of a " + input.typeName());
    }
    String plain = Expect.plain(text, "truncate");
    long length = Expect.integer(bound[0], 255);
    String end = bound[2] == null ? "..." : Expect.text(bound[2]);
    int endLength = end.codePointCount(0, end.length());
    long leeway = bound[3] == null || bound[3] instanceof None ? 5 : Expect.integer(bound[3], 5);
    if (length < endLength || leeway < 0) {
      throw new Failure(
          "AssertionError",
          length < endLength
              ? "expected length >= " + endLength + ", got " + length
              : "expected leeway >= 0, got " + leeway);
    }
    if (text.length() <= length + leeway) {
      return input;
    }
    String cut = plain.substring(0, plain.offsetByCodePoints(0, (int) length - endLength));
    int space = Expect.truth(bound[1], false) ? -1 : cut.lastIndexOf(' ');
    return Text.of((space < 0 ? cut : cut.substring(0, space)) + end);
  }

  private static Value format(Value input, Arguments arguments) {
    if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
      throw new Failure(
          "FilterArgumentError", "can't handle positional and keyword arguments at the same time");
    }
    List<DictValue.Entry> entries = new ArrayList<>();
    arguments
        .named()
        .forEach((name, value) -> entries.add(new DictValue.Entry(Text.of(name), value)));
    Value values =
        entries.isEmpty() ? new TupleValue(arguments.positional()) : new DictValue(entries);
    return Text.of(PrintfFormat.apply(Values.text(input), values));
  }
}
