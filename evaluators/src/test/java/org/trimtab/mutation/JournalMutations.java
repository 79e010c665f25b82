package org.trimtab.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.trimtab.testing.TinyModel;
import org.trimtab.testing.TinyQuestions;

/**
 * Journals and plan.json of a finished run, damaged in one place. Verify, report and run (which
 * would resume) then read the folder.
 */
final class JournalMutations implements Mutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE = "journal\\.jsonl:\\d+";

  private final Path base;
  private final Path spec;
  private final List<String> cells;

  private JournalMutations(Path base, Path spec) throws IOException {
    this.base = base;
    this.spec = spec;
    try (Stream<Path> folders = Files.list(base.resolve("tiny/cells"))) {
      cells = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  /** Makes the results that are damaged. */
  static JournalMutations make(Path folder, Path data, WorkerProcess program) throws IOException {
    TinyModel.write(folder.resolve("model"));
    TinyQuestions.write(data, 12);
    Path spec =
        Files.writeString(
            folder.resolve("tiny.yaml"),
            """
            name: tiny
            question: Is what was written still what was measured?
            model: %s
            methods:
              baseline: {}
              directional-edit:
                train: {dataset: truthfulqa, folds: 2}
                layers: last 2
                factor: 1.5
            evaluate:
              truthfulqa-mc: {}
              perplexity: {tokens: 300, window: 128, stride: 64}
              again: {evaluator: truthfulqa-mc, primer: false, limit: 4}
            report:
              table: {rows: [method], columns: [truthfulqa/mc1, truthfulqa/mc2, wikitext/perplexity]}
            """
                .formatted(folder.resolve("model")));
    WorkerProcess.Ended ended =
        program.run(List.of(spec.toString(), "--results", folder.resolve("base").toString()));
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(ended.text());
    }
    return new JournalMutations(folder.resolve("base"), spec);
  }

  @Override
  public String kind() {
    return "journals";
  }

  @Override
  public Mutant write(Draw draw, Path folder) throws IOException {
    copy(base, folder);
    Path results = folder.resolve("tiny");
    if (draw.once(5)) {
      return plan(draw, results.resolve("plan.json"));
    }
    String cell = draw.of(cells);
    Path journal = results.resolve("cells").resolve(cell).resolve("journal.jsonl");
    String text = Files.readString(journal, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("\n")));
    int last = lines.size() - 1;
    int at = draw.below(lines.size());
    Mutant mutant;
    switch (draw.below(26)) {
      case 0 -> {
        lines.remove(at);
        mutant =
            at == last
                ? new Mutant("last line lost", Expected.RESUMABLE, LINE)
                : damaged("line " + (at + 1) + " lost");
      }
      case 1 -> {
        lines.add(at, lines.get(at));
        mutant = damaged("line " + (at + 1) + " twice");
      }
      case 2 -> {
        int other = (at + 1 + draw.below(last)) % lines.size();
        Collections.swap(lines, at, other);
        mutant = damaged("lines " + (at + 1) + " and " + (other + 1) + " swapped");
      }
      case 3 -> mutant = renamed(draw, lines);
      case 4, 5, 6, 7 -> {
        String changed = digit(draw, text);
        lines = new ArrayList<>(List.of(changed.split("\n")));
        mutant = damaged("digit changed: " + difference(text, changed));
      }
      case 8, 9 -> mutant = retyped(draw, lines, at);
      case 10 -> {
        int cut = 1 + draw.below(text.length() - 1);
        Files.writeString(journal, text.substring(0, cut), StandardCharsets.ISO_8859_1);
        return new Mutant("cut after byte " + cut, Expected.RESUMABLE, LINE);
      }
      case 11 -> {
        int from = draw.below(text.length() - 2);
        int to = Math.min(text.length() - 1, from + 1 + draw.below(400));
        String changed = text.substring(0, from) + text.substring(to);
        Files.writeString(journal, changed, StandardCharsets.ISO_8859_1);
        return damaged("bytes " + from + " to " + to + " lost");
      }
      case 12, 13 -> {
        int place = draw.below(text.length() - 1);
        char[] bytes = text.toCharArray();
        bytes[place] ^= (char) (1 << draw.below(8));
        Files.writeString(journal, new String(bytes), StandardCharsets.ISO_8859_1);
        return damaged("bit of byte " + place + " flipped: " + difference(text, new String(bytes)));
      }
      case 14 -> {
        String first = lines.get(0).replace(cell, "0123456789abcdef");
        lines.set(0, first);
        mutant = damaged("id changed");
      }
      case 15 -> {
        Files.writeString(journal, text, StandardCharsets.UTF_16LE);
        return damaged("UTF-16");
      }
      case 16 -> {
        lines.set(at, lines.get(at).replaceFirst("\"time\"|\"kind\"|e", "\u00e9\u00ff"));
        mutant = damaged("not UTF-8 in line " + (at + 1));
      }
      case 17 -> {
        List<Integer> items = items(lines);
        String line = lines.get(draw.of(items));
        lines.add(draw.of(items), line);
        mutant = damaged("an item twice");
      }
      case 18 -> {
        lines.remove((int) draw.of(items(lines)));
        mutant = damaged("an item lost");
      }
      case 19 -> {
        String other = draw.of(cells.stream().filter(id -> !id.equals(cell)).toList());
        Files.copy(
            base.resolve("tiny/cells").resolve(other).resolve("journal.jsonl"),
            journal,
            StandardCopyOption.REPLACE_EXISTING);
        return damaged("the journal of another cell");
      }
      case 20 -> {
        mutant = spaced(draw, lines, at);
      }
      case 21 -> {
        lines.add(
            draw.of(
                "{\"kind\":\"note\",\"text\":\"x\"}",
                "{}",
                "null",
                "[]",
                "text",
                "{\"kind\":\"effect\",\"change\":0.5}",
                "{\"kind\":\"end\",\"status\":\"DONE\",\"seconds\":1.0,\"time\":\"2026-01-01T00:00:00Z\"}",
                lines.get(1),
                lines.get(last - 1)));
        mutant = damaged("a line appended: " + lines.get(last + 1));
      }
      case 22 -> mutant = withoutKey(draw, lines, at);
      case 23 -> mutant = absurd(draw, lines);
      case 24 -> {
        mutant = broken(draw, lines, at);
      }
      default -> mutant = replaced(draw, journal, lines);
    }
    if (!mutant.what().startsWith("file: ")) {
      Files.writeString(journal, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
    }
    return mutant;
  }

  private static Mutant damaged(String what) {
    return new Mutant(what, Expected.REFUSED, LINE);
  }

  private static List<Integer> items(List<String> lines) {
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("{\"kind\":\"item\"")) {
        items.add(i);
      }
    }
    return items;
  }

  private static Mutant renamed(Draw draw, List<String> lines) {
    List<Integer> named = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).contains("\"evaluation\":")) {
        named.add(i);
      }
    }
    int at =
        draw.once(2)
            ? named.get(draw.below(named.size()))
            : draw.of(named.stream().filter(i -> lines.get(i).contains("evaluated")).toList());
    String to = draw.of("truthfulqa-mcx", "again", "perplexity", "truthfulqa-mc", "");
    String from = lines.get(at);
    lines.set(at, from.replaceFirst("\"evaluation\":\"[^\"]*\"", "\"evaluation\":\"" + to + "\""));
    if (lines.get(at).equals(from)) {
      lines.set(at, from.replaceFirst("\"evaluation\":\"", "\"evaluation\":\"x"));
    }
    return damaged("evaluation of line " + (at + 1) + " renamed to '" + to + "'");
  }

  private static String digit(Draw draw, String text) {
    int[] digits = text.chars().filter(c -> c >= '0' && c <= '9').toArray();
    int wanted = draw.below(digits.length);
    char[] changed = text.toCharArray();
    for (int i = 0, seen = 0; i < changed.length; i++) {
      if (changed[i] >= '0' && changed[i] <= '9' && seen++ == wanted) {
        changed[i] = (char) ('0' + (changed[i] - '0' + 1 + draw.below(9)) % 10);
      }
    }
    return new String(changed);
  }

  private static String difference(String one, String other) {
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - 40);
    return "'"
        + one.substring(from, Math.min(one.length(), at + 12))
        + "' is now '"
        + other.substring(from, Math.min(other.length(), at + 12))
        + "'";
  }

  private static Mutant retyped(Draw draw, List<String> lines, int at) throws IOException {
    JsonNode tree = JSON.readTree(utf8(lines.get(at)));
    JsonLeaves.Place place = draw.of(JsonLeaves.of(tree));
    String from = place.value().toString();
    List<JsonNode> others =
        new ArrayList<>(
            List.of(
                JsonNodeFactory.instance.nullNode(),
                JsonNodeFactory.instance.booleanNode(true),
                JsonNodeFactory.instance.arrayNode(),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.textNode(place.value().asText("x")),
                JsonNodeFactory.instance.numberNode(3.5)));
    others.removeIf(other -> other.equals(place.value()));
    place.set(draw.of(others));
    lines.set(at, latin1(tree.toString()));
    return damaged("line " + (at + 1) + ": " + place + " was " + from + ", is " + place.value());
  }

  private static Mutant withoutKey(Draw draw, List<String> lines, int at) throws IOException {
    JsonNode tree = JSON.readTree(utf8(lines.get(at)));
    JsonLeaves.Place place = draw.of(JsonLeaves.of(tree));
    place.remove();
    lines.set(at, latin1(tree.toString()));
    return damaged("line " + (at + 1) + ": " + place + " removed");
  }

  private static Mutant absurd(Draw draw, List<String> lines) throws IOException {
    int at = draw.of(items(lines));
    String number =
        draw.of("NaN", "Infinity", "1e999", "-1", "0", "1e308", "9".repeat(300), "1e-320", "\"1\"");
    List<String> numbers =
        Stream.of("\"item\":", "\"mc1\":", "\"mc2\":", "\"nll\":", "\"tokens\":")
            .filter(lines.get(at)::contains)
            .toList();
    String key = draw.of(numbers);
    String from = lines.get(at);
    lines.set(at, from.replaceFirst(key + "[-0-9.E]+", key + number));
    if (lines.get(at).equals(from)) {
      lines.set(at, from.replaceFirst(key + "\\{?", key + "7"));
    }
    return damaged("line " + (at + 1) + ": " + key + " is " + abbreviated(number));
  }

  private static String abbreviated(String text) {
    return text.length() > 40 ? text.substring(0, 20) + " and so on" : text;
  }

  private static Mutant spaced(Draw draw, List<String> lines, int at) {
    switch (draw.below(5)) {
      case 0 -> lines.add(at, "");
      case 1 -> lines.set(at, lines.get(at).replaceFirst(":", ": "));
      case 2 -> lines.replaceAll(line -> line + "\r");
      case 3 -> lines.set(0, "\u00ef\u00bb\u00bf" + lines.get(0));
      default -> lines.set(at, lines.get(at) + " ");
    }
    return new Mutant("white space", Expected.REFUSED_OR_SAME, LINE);
  }

  private static Mutant broken(Draw draw, List<String> lines, int at) {
    String line = lines.get(at);
    switch (draw.below(3)) {
      case 0 -> {
        int place = 1 + draw.below(line.length() - 1);
        lines.set(at, line.substring(0, place) + "\n" + line.substring(place));
        return damaged("line " + (at + 1) + " broken in two");
      }
      case 1 -> {
        int first = Math.min(at, lines.size() - 2);
        lines.set(first, lines.get(first) + lines.remove(first + 1));
        return damaged("lines joined at " + (first + 1));
      }
      default -> {
        lines.set(at, line.replaceFirst("\\{(\"[a-z]+\":(\"[^\"]*\"|[0-9.]+),)", "{$1$1"));
        return damaged("first key of line " + (at + 1) + " twice");
      }
    }
  }

  private static Mutant replaced(Draw draw, Path journal, List<String> lines) throws IOException {
    switch (draw.below(6)) {
      case 0 -> {
        Files.write(journal, new byte[0]);
        return new Mutant("file: empty", Expected.RESUMABLE, LINE);
      }
      case 1 -> {
        Files.delete(journal);
        return new Mutant("file: missing", Expected.RESUMABLE, LINE);
      }
      case 2 -> {
        Files.delete(journal);
        Files.createDirectory(journal);
        return new Mutant("file: a folder in its place", Expected.REFUSED, "journal\\.jsonl");
      }
      case 3 -> {
        Files.write(journal, new byte[4096]);
        return new Mutant("file: 4096 zeros", Expected.REFUSED, "journal\\.jsonl");
      }
      case 4 -> {
        byte[] noise = new byte[3000];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) draw.below(256);
        }
        noise[noise.length - 1] = '\n';
        Files.write(journal, noise);
        return damaged("file: noise");
      }
      default -> {
        List<String> resumed = new ArrayList<>(lines);
        resumed.remove(resumed.size() - 1);
        resumed.add("{\"kind\":\"pause\",\"seconds\":1.0,\"time\":\"2026-01-01T00:00:00Z\"}");
        int item = draw.of(items(resumed));
        resumed.set(item, resumed.get(item).replaceFirst("\"item\":", "\"item\":9"));
        Files.writeString(journal, String.join("\n", resumed) + "\n", StandardCharsets.ISO_8859_1);
        return damaged("file: an item that the cell does not have, in a paused cell");
      }
    }
  }

  private Mutant plan(Draw draw, Path file) throws IOException {
    String text = Files.readString(file);
    String changed;
    String what;
    Expected expected = Expected.REFUSED;
    switch (draw.below(10)) {
      case 0, 1, 2 -> {
        changed = digit(draw, text);
        what = "digit changed: " + difference(text, changed);
      }
      case 3, 4 -> {
        JsonNode tree = JSON.readTree(text);
        JsonLeaves.Place place = draw.of(JsonLeaves.of(tree));
        place.set(
            place.value().isTextual()
                ? JsonNodeFactory.instance.numberNode(3)
                : JsonNodeFactory.instance.textNode("x"));
        changed = tree.toPrettyString();
        what = place + " has another type";
      }
      case 5, 6 -> {
        JsonNode tree = JSON.readTree(text);
        JsonLeaves.Place place = draw.of(JsonLeaves.of(tree));
        place.remove();
        changed = tree.toPrettyString();
        what = place + " removed";
      }
      case 7 -> {
        changed = text.substring(0, draw.below(text.length() - 2));
        what = "truncated";
      }
      case 8 -> {
        JsonNode tree = JSON.readTree(text);
        JsonNode list = tree.get("cells");
        JsonNode first = list.get(0);
        ((ArrayNode) list).set(0, list.get(1));
        if (draw.once(2)) {
          ((ArrayNode) list).set(1, first);
        }
        changed = tree.toPrettyString();
        what = "cells swapped or twice";
      }
      default -> {
        changed = JSON.readTree(text).toString();
        what = "written on one line";
        expected = Expected.REFUSED_OR_SAME;
      }
    }
    Files.writeString(file, changed);
    return new Mutant("plan.json: " + what, expected, "plan\\.json").of("plan");
  }

  @Override
  public Verdict judge(Mutant mutant, Path folder, WorkerProcess program) throws IOException {
    String results = folder.resolve("tiny").toString();
    Verdict verdict =
        judge(mutant, "verify", program.run(List.of("verify", results)), folder)
            .or(judge(mutant, "report", program.run(List.of("report", results)), folder));
    WorkerProcess.Ended run = program.run(List.of(spec.toString(), "--results", folder.toString()));
    return verdict.or(judge(mutant, "run", run, folder));
  }

  private Verdict judge(Mutant mutant, String command, WorkerProcess.Ended ended, Path folder)
      throws IOException {
    Verdict verdict = verdict(mutant, command, ended, folder);
    return new Verdict(verdict.outcome(), command + ": " + verdict.detail());
  }

  private Verdict verdict(Mutant mutant, String command, WorkerProcess.Ended ended, Path folder)
      throws IOException {
    Optional<Verdict> failure = Judge.failure(ended);
    if (failure.isPresent()) {
      return failure.get();
    }
    Expected expected = mutant.expected();
    boolean accepted = ended.exitCode() == 0;
    if (command.equals("run") && mutant.subject().equals("plan")) {
      expected = Expected.REFUSED_OR_SAME; // a run writes the plan again
    }
    if (!accepted) {
      return expected == Expected.RESUMABLE
          ? Judge.verdict(Outcome.REFUSED, ended)
          : Judge.refusal(ended, mutant.place());
    }
    boolean same =
        command.equals("run") ? same(folder, this::isResult) : same(folder, this::isTable);
    boolean allowed =
        switch (expected) {
          case REFUSED -> false;
          case RESUMABLE ->
              switch (command) {
                case "verify" -> false;
                case "report" -> !same;
                default -> same;
              };
          default -> same;
        };
    String numbers = same ? "same numbers; " : "other numbers; ";
    Verdict verdict = Judge.verdict(allowed ? Outcome.UNCHANGED : Outcome.SILENT, ended);
    return new Verdict(verdict.outcome(), numbers + verdict.detail());
  }

  private boolean isResult(Path file) {
    String name = file.getFileName().toString();
    return name.equals("cells.csv") || name.matches("items.*\\.jsonl");
  }

  private boolean isTable(Path file) {
    String name = file.getFileName().toString();
    return name.equals("table.csv") || name.equals("table.md");
  }

  private boolean same(Path folder, Predicate<Path> which) throws IOException {
    return content(base, which).equals(content(folder, which));
  }

  private static List<String> content(Path root, Predicate<Path> which) throws IOException {
    List<String> content = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).filter(which).sorted().toList()) {
        content.add(root.relativize(file) + "\n" + Files.readString(file));
      }
    }
    return content;
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
