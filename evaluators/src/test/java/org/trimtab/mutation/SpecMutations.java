package org.trimtab.mutation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.testing.TinyModel;
import org.trimtab.testing.TinyQuestions;

/**
 * Specs, changed in one place. {@code check} reads each; {@code plan} shows whether it is the same.
 */
final class SpecMutations implements Mutations {
  /** A fault of a spec is named with file, line and column. */
  private static final String PLACE = "spec\\.yaml:\\d+:\\d+: ";

  private static final String FILE = "spec\\.yaml";

  private static final List<String> BASES =
      List.of(
          """
          name: first
          question: Is a spec what it says?
          model: MODEL
          device: cpu
          precision: float32
          seed: 0
          methods:
            baseline: {}
            directional-edit:
              train:
                dataset: truthfulqa
                folds: 2
              direction:
                hidden_state: 2
              layers: 2-3
              factor: 1.5
            random-direction:
              like: directional-edit
          evaluate:
            truthfulqa-mc:
              items: 0-7
              primer: true
              chat_template: false
            perplexity:
              tokens: 300
              window: 128
              stride: 64
          report:
            table:
              rows: [method]
              columns: [truthfulqa/mc1, wikitext/perplexity]
              against: baseline
          """,
          """
          name: second
          question: Are many levels as many cells?
          model: MODEL
          seed: [0, 1]
          memory: 1GiB
          methods:
            baseline: {}
            edit:
              method: directional-edit
              train:
                dataset: truthfulqa
                items: 0-5
              layers: [0-1, last 50%]
              factor: [-1.0, 0.5]
              side: output
              norm_preserving: false
          evaluate:
            mc:
              evaluator: truthfulqa-mc
              items: 6-11
            perplexity:
              tokens: 200
          """,
          """
          name: third
          question: Are penalties numbers?
          model: MODEL
          methods:
            baseline: {}
            learned-delta:
              train:
                dataset: truthfulqa
                items: 0-5
              examples: 4
              layers: 2
              lambda1: 0.001
              lambda2: 0.01
              rate: 0.01
              steps: 20
              tolerance: 1.0E-5
              factor: 1.0
            random-delta:
              like: learned-delta
          evaluate:
            truthfulqa-mc:
              items: 6-11
          """);

  /** Keys with a number or a choice, and values that none of them can have. */
  private static final Map<String, List<String>> WRONG = new HashMap<>();

  /** Values that another valid spec could have, at some keys. */
  private static final Map<String, List<String>> RIGHT = new HashMap<>();

  static {
    String digits = "9".repeat(300);
    List<String> wholes =
        List.of(
            "-1",
            "1.5",
            "1e308",
            "1e-320",
            digits,
            ".nan",
            ".inf",
            "NaN",
            "true",
            "text",
            "{}",
            "{a: 1}",
            "\"\"",
            "0x10000000000",
            "99999999999",
            "\u0661\u0662",
            "1_0_",
            "1 2");
    for (String key : List.of("folds", "tokens", "window", "stride", "examples", "steps")) {
      WRONG.put(key, wholes);
    }
    List<String> numbers =
        List.of(
            ".nan",
            ".inf",
            "-.inf",
            "true",
            "text",
            "{}",
            "{a: 1}",
            "\"\"",
            "\u0661.\u0665",
            "1,5",
            "--1",
            "0..",
            "1e999",
            "..1");
    for (String key : List.of("factor", "lambda1", "lambda2", "rate", "tolerance")) {
      WRONG.put(key, numbers);
      RIGHT.put(key, List.of("1.0E-5", "2", "0.25", "1e-320", digits, "1e308", "0.1" + digits));
    }
    for (String key : List.of("lambda1", "lambda2", "rate", "tolerance")) {
      List<String> more = new ArrayList<>(numbers);
      more.add("-0.5");
      WRONG.put(key, more);
    }
    WRONG.put("seed", List.of("1.5", digits, ".nan", "text", "{}", "true", "1e400", "[]", "[[0]]"));
    WRONG.put(
        "layers", List.of("9", "3-2", "-1", "2-99", "text", "{}", ".nan", "[]", "200%", "1.5"));
    WRONG.put(
        "items", List.of("99", "5-4", "-1", "0-99", "text", "{}", "1.5", "[]", "0-" + digits));
    WRONG.put("hidden_state", List.of("99", "-1", "text", "{}", "1.5", "300%", digits, "[]"));
    WRONG.put("primer", List.of("2", "text", "{}", "[]", "maybe", "1.5"));
    WRONG.put("chat_template", List.of("2", "text", "{}", "[]", "maybe"));
    WRONG.put("norm_preserving", List.of("2", "text", "{}", "[]"));
    WRONG.put("side", List.of("2", "text", "{}", "[]", "inputs"));
    WRONG.put("device", List.of("tpu", "gpu:99", "2", "[]", "{}", "cpu:1"));
    WRONG.put("precision", List.of("float8", "int8", "2", "[]", "{}"));
    WRONG.put("memory", List.of("-1GiB", "1", "lots", "[]", "{}", "0GiB", digits + "GiB"));
    WRONG.put(
        "dataset",
        List.of("truthfulqb", "2", "{}", "[]", "\"\"", "missing/file.json", "/dev/null"));
    WRONG.put(
        "model", List.of("missing-model", "2", "{}", "[]", "\"\"", "/dev/zero", "missing/dir"));
    WRONG.put("name", List.of("\"a b\"", "../x", "{}", "[]", "\"\"", "mlflow", "x".repeat(65)));
    WRONG.put("question", List.of("{}", "[]", "\"\""));
    WRONG.put("like", List.of("baselin", "random-direction", "{}", "[]", "2"));
    WRONG.put("method", List.of("directional-edits", "{}", "[]", "2"));
    WRONG.put("evaluator", List.of("truthfulqa", "{}", "[]", "2"));
    WRONG.put("rows", List.of("[methods]", "{}", "2", "[]", "[[method]]"));
    WRONG.put("columns", List.of("[truthfulqa/mc9]", "{}", "2", "[]", "[mc1x]"));
    WRONG.put("against", List.of("baselines", "{}", "[]", "2"));
    RIGHT.put("folds", List.of("3", "[2, 3]"));
    RIGHT.put("tokens", List.of("100", "250"));
    RIGHT.put("window", List.of("64", "100"));
    RIGHT.put("layers", List.of("0-2", "[1, 2]", "last 25%"));
    RIGHT.put("items", List.of("0-3", "7"));
    RIGHT.put("seed", List.of("5", "[3, 4, 5]"));
    RIGHT.put("question", List.of("Another one?", "\"with: a colon\""));
    RIGHT.put("side", List.of("input"));
  }

  private final List<String> bases;
  private final List<String> plans = new ArrayList<>();

  private SpecMutations(Path model) {
    this.bases = BASES.stream().map(base -> base.replace("MODEL", model.toString())).toList();
  }

  /** Makes model and data of the specs. */
  static SpecMutations make(Path folder, Path data, WorkerProcess program) throws IOException {
    TinyQuestions.write(data, 12);
    SpecMutations mutations = new SpecMutations(TinyModel.write(folder.resolve("model")));
    for (String base : mutations.bases) {
      Path spec = Files.writeString(folder.resolve("spec.yaml"), base);
      WorkerProcess.Ended ended = program.run(plan(spec, folder));
      if (ended.exitCode() != 0) {
        throw new IllegalStateException(ended.text());
      }
      mutations.plans.add(cells(ended));
    }
    return mutations;
  }

  private static List<String> plan(Path spec, Path folder) {
    return List.of("plan", spec.toString(), "--results", folder.resolve("results").toString());
  }

  /** The ids of cells, which say all that numbers depend on. */
  private static String cells(WorkerProcess.Ended ended) {
    return ended
        .out()
        .lines()
        .flatMap(line -> Arrays.stream(line.split("\\W+")))
        .filter(word -> word.matches("[0-9a-f]{16}|[0-9a-f]{8}"))
        .collect(Collectors.joining(" "));
  }

  @Override
  public String kind() {
    return "specs";
  }

  @Override
  public Mutant write(Draw draw, Path folder) throws IOException {
    int which = draw.below(bases.size());
    List<String> lines = new ArrayList<>(bases.get(which).lines().toList());
    Mutant mutant = mutate(draw, lines, folder).of(Integer.toString(which));
    Path spec = folder.resolve("spec.yaml");
    if (!Files.exists(spec, LinkOption.NOFOLLOW_LINKS)) {
      Files.writeString(spec, String.join("\n", lines) + "\n");
    }
    return mutant;
  }

  private Mutant mutate(Draw draw, List<String> lines, Path folder) throws IOException {
    int at = draw.below(lines.size());
    return switch (draw.below(24)) {
      case 0, 1, 2 -> misspelt(draw, lines);
      case 3 -> twice(draw, lines);
      case 4 -> removed(draw, lines);
      case 5, 6, 7, 8, 9 -> wrong(draw, lines);
      case 10, 11 -> right(draw, lines);
      case 12 -> wrongAmongLevels(draw, lines);
      case 13 -> spaced(draw, lines, at, folder);
      case 14 -> quoted(draw, lines);
      case 15 -> tab(draw, lines);
      case 16 -> yaml(draw, lines, at);
      case 17 -> encoded(draw, lines, folder);
      case 18 -> nested(draw, lines);
      case 19 -> other(draw, folder);
      case 20 -> huge(draw, lines);
      case 21 -> modelFolder(draw, lines, folder);
      case 22 -> lookalike(draw, lines);
      default -> noise(draw, lines, folder);
    };
  }

  private static Mutant refused(String what) {
    return new Mutant(what, Expected.REFUSED, PLACE);
  }

  /** The lines with a key, and with a value when that is wanted. */
  private static List<Integer> keyed(List<String> lines, boolean valued) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).matches(" *[a-z_0-9-]+:( .*)?"))
        .filter(i -> !valued || lines.get(i).matches(" *[a-z_0-9-]+: [^{].*"))
        .boxed()
        .toList();
  }

  private static String key(String line) {
    return line.strip().replaceFirst(":.*", "");
  }

  private static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  private static Mutant misspelt(Draw draw, List<String> lines) {
    int at =
        draw.of(
            keyed(lines, false).stream()
                .filter(i -> !List.of("edit", "mc").contains(key(lines.get(i))))
                .toList());
    String key = key(lines.get(at));
    int place = draw.below(key.length());
    String wrong =
        switch (draw.below(4)) {
          case 0 -> key.substring(0, place) + key.substring(place + 1) + "q";
          case 1 -> key.substring(0, place) + key.charAt(place) + key.substring(place) + "x";
          case 2 -> key.toUpperCase(Locale.ROOT);
          default -> key.substring(0, place) + "z" + key.substring(place);
        };
    lines.set(at, lines.get(at).replaceFirst(key, wrong));
    return refused("key " + key + " misspelt " + wrong);
  }

  private static Mutant twice(Draw draw, List<String> lines) {
    int at = draw.of(keyed(lines, true));
    lines.add(at + 1, lines.get(at));
    return refused("key " + key(lines.get(at)) + " twice");
  }

  private static Mutant removed(Draw draw, List<String> lines) {
    String key = draw.of("name", "question", "model", "methods", "evaluate");
    int at =
        IntStream.range(0, lines.size())
            .filter(i -> key(lines.get(i)).equals(key))
            .findFirst()
            .orElse(0);
    String indent = indent(lines.get(at));
    lines.remove(at);
    while (at < lines.size() && indent(lines.get(at)).length() > indent.length()) {
      lines.remove(at);
    }
    return refused("key " + key + " removed");
  }

  private static Mutant wrong(Draw draw, List<String> lines) {
    return refused(replaced(draw, lines, WRONG));
  }

  private static Mutant right(Draw draw, List<String> lines) {
    return new Mutant(replaced(draw, lines, RIGHT), Expected.ANY, PLACE);
  }

  /** Replaces the value of a key; says which and by what. */
  private static String replaced(Draw draw, List<String> lines, Map<String, List<String>> values) {
    int at =
        draw.of(
            keyed(lines, true).stream()
                .filter(i -> values.containsKey(key(lines.get(i))))
                .toList());
    String key = key(lines.get(at));
    String value = draw.of(Objects.requireNonNull(values.get(key)));
    lines.set(at, indent(lines.get(at)) + key + ": " + value);
    return key + " is " + abbreviated(value);
  }

  private static Mutant wrongAmongLevels(Draw draw, List<String> lines) {
    int at =
        draw.of(
            keyed(lines, true).stream()
                .filter(i -> List.of("factor", "layers", "lambda1").contains(key(lines.get(i))))
                .toList());
    String key = key(lines.get(at));
    String right = key.equals("layers") ? "0-1, 1-2" : "0.5, 1.0";
    String value =
        draw.of(
            "[" + right + ", text]",
            "[" + right + ", .nan]",
            "[" + right + ", {}]",
            "[" + right + ", []]",
            "[" + right + ", 1e999]",
            "[" + right + ", null]",
            "[" + right,
            "[" + right + "]]");
    lines.set(at, indent(lines.get(at)) + key + ": " + value);
    return refused(key + " is " + value);
  }

  private static Mutant spaced(Draw draw, List<String> lines, int at, Path folder)
      throws IOException {
    Expected expected = Expected.SAME;
    String what;
    switch (draw.below(6)) {
      case 0 -> {
        lines.add(at, "");
        what = "an empty line";
      }
      case 1 -> {
        lines.add(at, "# a comment");
        what = "a comment";
      }
      case 2 -> {
        lines.set(at, lines.get(at) + "   ");
        what = "trailing spaces";
      }
      case 3 -> {
        lines.set(at, lines.get(at) + "   # a comment");
        what = "a trailing comment";
      }
      case 4 -> {
        Files.writeString(folder.resolve("spec.yaml"), String.join("\r\n", lines) + "\r\n");
        what = "CRLF";
      }
      default -> {
        Files.writeString(folder.resolve("spec.yaml"), "\ufeff" + String.join("\n", lines) + "\n");
        what = "byte order mark";
        expected = Expected.REFUSED_OR_SAME;
      }
    }
    return new Mutant(what, expected, PLACE);
  }

  private static Mutant quoted(Draw draw, List<String> lines) {
    int at = draw.of(keyed(lines, false));
    String key = key(lines.get(at));
    lines.set(
        at, lines.get(at).replaceFirst(key, draw.once(2) ? "\"" + key + "\"" : "'" + key + "'"));
    return new Mutant("key " + key + " in quotes", Expected.SAME, PLACE);
  }

  private static Mutant tab(Draw draw, List<String> lines) {
    int at =
        draw.of(keyed(lines, false).stream().filter(i -> lines.get(i).startsWith(" ")).toList());
    lines.set(at, "\t" + lines.get(at).strip());
    return refused("a tab before " + key(lines.get(at)));
  }

  private static Mutant yaml(Draw draw, List<String> lines, int at) {
    int valued = draw.of(keyed(lines, true));
    String line = lines.get(valued);
    String key = key(line);
    String value = line.strip().substring(key.length() + 2);
    switch (draw.below(9)) {
      case 0 -> {
        lines.set(valued, indent(line) + key + ": &anchor " + value);
        return new Mutant("an anchor at " + key, Expected.REFUSED_OR_SAME, PLACE);
      }
      case 1 -> {
        lines.set(valued, indent(line) + key + ": *missing");
        return refused("an alias of nothing at " + key);
      }
      case 2 -> {
        lines.set(valued, indent(line) + key + ": !!java.net.URL [\"http://localhost\"]");
        return refused("a Java tag at " + key);
      }
      case 3 -> {
        lines.add("---");
        lines.add("name: other");
        return refused("two documents");
      }
      case 4 -> {
        lines.add(at, "<<: {name: other}");
        return refused("a merge key");
      }
      case 5 -> {
        lines.set(valued, line + " : x: y");
        return new Mutant("colons at " + key, Expected.ANY, PLACE);
      }
      case 6 -> {
        lines.set(valued, indent(line) + key + ": [" + value);
        return refused("an open bracket at " + key);
      }
      case 7 -> {
        lines.set(valued, indent(line) + key + ": \"" + value);
        return refused("an open quote at " + key);
      }
      default -> {
        lines.set(valued, indent(line) + key + ":\n" + indent(line) + "  - - " + value);
        return refused("a list of lists at " + key);
      }
    }
  }

  private static Mutant encoded(Draw draw, List<String> lines, Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    String text = String.join("\n", lines) + "\n";
    String what;
    byte[] bytes;
    switch (draw.below(5)) {
      case 0 -> {
        what = "UTF-16";
        bytes = text.getBytes(StandardCharsets.UTF_16);
      }
      case 1 -> {
        what = "Latin-1";
        bytes = text.replaceFirst("\\?", " \u00e9?").getBytes(StandardCharsets.ISO_8859_1);
      }
      case 2 -> {
        what = "a byte 0";
        bytes = text.replaceFirst("\\?", "\u0000?").getBytes(StandardCharsets.UTF_8);
      }
      case 3 -> {
        what = "a control character";
        bytes = text.replaceFirst("\\?", "\u0007?").getBytes(StandardCharsets.UTF_8);
      }
      default -> {
        what = "a byte 255 within";
        bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        bytes[draw.below(bytes.length)] = (byte) 255;
      }
    }
    Files.write(spec, bytes);
    return what.equals("UTF-16") ? new Mutant(what, Expected.REFUSED_OR_SAME, FILE) : refused(what);
  }

  private static Mutant nested(Draw draw, List<String> lines) {
    int at = draw.of(keyed(lines, true));
    String key = key(lines.get(at));
    int depth = draw.of(List.of(40, 1000, 100_000));
    String open = draw.of("[", "{a: ");
    lines.set(
        at,
        indent(lines.get(at))
            + key
            + ": "
            + open.repeat(depth)
            + "1"
            + (open.equals("[") ? "]" : "}").repeat(depth));
    return refused(key + " nested " + depth + " times by " + open);
  }

  private static Mutant other(Draw draw, Path folder) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    String what =
        draw.of(
            "empty", "comment", "null", "list", "scalar", "folder", "pipe", "zero", "zeros",
            "missing");
    switch (what) {
      case "empty" -> Files.write(spec, new byte[0]);
      case "comment" -> Files.writeString(spec, "# nothing\n");
      case "null" -> Files.writeString(spec, "null\n");
      case "list" -> Files.writeString(spec, "- name: x\n");
      case "scalar" -> Files.writeString(spec, "name\n");
      case "folder" -> Files.createDirectory(spec);
      case "pipe" -> pipe(spec);
      case "zero" -> Files.createSymbolicLink(spec, Path.of("/dev/zero"));
      case "zeros" -> Files.write(spec, new byte[5_000_000]);
      default -> Files.createSymbolicLink(spec, folder.resolve("nowhere"));
    }
    return new Mutant("file: " + what, Expected.REFUSED, FILE);
  }

  static void pipe(Path file) throws IOException {
    Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    try {
      if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) {
        throw new IOException("no pipe " + file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Mutant huge(Draw draw, List<String> lines) {
    int at =
        draw.of(
            keyed(lines, true).stream()
                .filter(i -> List.of("factor", "lambda1", "seed").contains(key(lines.get(i))))
                .toList());
    String key = key(lines.get(at));
    int count = draw.of(List.of(100_001, 200_000));
    String levels =
        IntStream.range(1, count + 1)
            .mapToObj(i -> key.equals("seed") ? Integer.toString(i) : i + ".5")
            .collect(Collectors.joining(", ", "[", "]"));
    lines.set(at, indent(lines.get(at)) + key + ": " + levels);
    return new Mutant(key + " has " + count + " levels", Expected.REFUSED, FILE);
  }

  private Mutant modelFolder(Draw draw, List<String> lines, Path folder) throws IOException {
    Path own = folder.resolve("own");
    TinyModel.write(own);
    String what = draw.of("config.json", "tokenizer.json", "model.safetensors");
    Path file = own.resolve(what);
    String how = draw.of("missing", "empty", "folder", "pipe", "pointer", "half");
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    switch (how) {
      case "empty" -> Files.write(file, new byte[0]);
      case "folder" -> Files.createDirectory(file);
      case "pipe" -> pipe(file);
      case "pointer" -> Files.writeString(file, ModelMutations.POINTER);
      case "half" -> Files.write(file, Arrays.copyOf(content, content.length / 2));
      default -> {}
    }
    lines.replaceAll(line -> line.startsWith("model:") ? "model: " + own : line);
    boolean damaged = List.of("empty", "pointer", "half").contains(how);
    return new Mutant(
        "the model's " + what + ": " + how,
        Expected.REFUSED,
        damaged ? what.replace(".", "\\.") : PLACE);
  }

  private static Mutant lookalike(Draw draw, List<String> lines) {
    List<Integer> keyed =
        keyed(lines, false).stream()
            .filter(i -> !List.of("edit", "mc").contains(key(lines.get(i))))
            .filter(i -> key(lines.get(i)).matches(".*[aeop].*"))
            .toList();
    int at = draw.of(keyed);
    String key = key(lines.get(at));
    String wrong =
        switch (draw.below(3)) {
          case 0 ->
              key.replace('a', '\u0430')
                  .replace('e', '\u0435')
                  .replace('o', '\u043e')
                  .replace('p', '\u0440');
          case 1 -> key + "\u00a0";
          default -> key.substring(0, 1) + "\u200b" + key.substring(1);
        };
    lines.set(at, lines.get(at).replaceFirst(key, wrong));
    return refused("key " + key + " with a character that looks the same");
  }

  private static Mutant noise(Draw draw, List<String> lines, Path folder) throws IOException {
    switch (draw.below(3)) {
      case 0 -> {
        lines.remove(draw.below(lines.size()));
        return new Mutant("a line lost", Expected.ANY, PLACE);
      }
      case 1 -> {
        Collections.swap(lines, draw.below(lines.size()), draw.below(lines.size()));
        return new Mutant("two lines swapped", Expected.ANY, PLACE);
      }
      default -> {
        StringBuilder text = new StringBuilder(String.join("\n", lines) + "\n");
        int place = draw.below(text.length());
        char c = (char) (32 + draw.below(95));
        char old = text.charAt(place);
        text.setCharAt(place, c);
        Files.writeString(folder.resolve("spec.yaml"), text);
        return new Mutant("'" + old + "' at " + place + " is now '" + c + "'", Expected.ANY, PLACE);
      }
    }
  }

  private static String abbreviated(String text) {
    return text.length() > 40 ? text.substring(0, 20) + " and so on" : text;
  }

  @Override
  public Verdict judge(Mutant mutant, Path folder, WorkerProcess program) throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Verdict checked = judge(mutant, program.run(List.of("check", spec.toString())));
    if (checked.outcome() != Outcome.LEGAL) {
      return checked;
    }
    WorkerProcess.Ended planned = program.run(plan(spec, folder));
    Optional<Verdict> failure = Judge.failure(planned);
    if (failure.isPresent()) {
      return new Verdict(failure.get().outcome(), "plan: " + failure.get().detail());
    }
    if (planned.exitCode() != 0) {
      return new Verdict(Outcome.SILENT, "check accepts it, plan does not: " + planned.text());
    }
    boolean same = cells(planned).equals(plans.get(Integer.parseInt(mutant.subject())));
    if (same) {
      return new Verdict(Outcome.UNCHANGED, checked.detail());
    }
    return mutant.expected() == Expected.ANY
        ? checked
        : new Verdict(Outcome.SILENT, "other cells: " + planned.out());
  }

  private static Verdict judge(Mutant mutant, WorkerProcess.Ended ended) {
    Optional<Verdict> failure = Judge.failure(ended);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (ended.exitCode() != 0) {
      if (mutant.expected() == Expected.SAME) {
        return Judge.verdict(Outcome.NEEDLESS, ended);
      }
      boolean content = !mutant.place().pattern().contains("spec"); // a fault of another file
      return ended.exitCode() == 2 || content
          ? Judge.refusal(ended, mutant.place())
          : Judge.verdict(Outcome.UNCLEAR, ended);
    }
    return Judge.verdict(
        mutant.expected() == Expected.REFUSED ? Outcome.SILENT : Outcome.LEGAL, ended);
  }
}
