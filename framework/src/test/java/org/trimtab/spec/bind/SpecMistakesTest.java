package org.trimtab.spec.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.spec.TestSpecs.problems;
import static org.trimtab.spec.TestSpecs.sampleWith;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.method.Method;
import org.trimtab.method.Methods;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.TestSpecs;
import org.trimtab.spec.yaml.SpecProblems;
import org.trimtab.spec.yaml.SpecText;

class SpecMistakesTest {
  @Test
  void namesInFurtherTablesAndFiguresAreChecked() {
    String report =
        """
          tables: [{name: more, rows: [method, layer], columns: [truthfulqa/mc1]}]
          figures:
            - {kind: dose-response, metric: truthfullqa/mc1, factor: facter}
            - {kind: dose-response, against: basline}
        """;
    assertThat(problems(TestSpecs.SAMPLE + report))
        .containsExactly(
            "spec.yaml:18:40: unknown row 'layer', did you mean 'layers'?",
            "spec.yaml:20:37: unknown metric prefix 'truthfullqa', did you mean 'truthfulqa'?",
            "spec.yaml:20:62: unknown setting 'facter', did you mean 'factor'?",
            "spec.yaml:21:7: another table or figure is named 'dose-response' already; give this"
                + " one a 'name' of its own",
            "spec.yaml:21:38: unknown method 'basline', did you mean 'baseline'?");
  }

  @Test
  void aKindOfFigureIsSuggested() {
    assertThat(problems(TestSpecs.SAMPLE + "  figures: [{kind: trade-of}]\n"))
        .containsExactly(
            "spec.yaml:18:20: expected one of "
                + FigureKind.all().stream().map(FigureKind::name).collect(Collectors.joining(", "))
                + ", found the text 'trade-of', did you mean 'trade-off'?");
  }

  @Test
  void aLevelIsWrittenOnce() {
    assertThat(problems(sampleWith("[5-29, last 25%]", "[5-29, 3, 5 - 29, '3']")))
        .containsExactly(
            "spec.yaml:10:23: the text '5 - 29' is in this list before, in line 10, column 14; leave"
                + " one of them out",
            "spec.yaml:10:31: the text '3' is in this list before, in line 10, column 20; leave one"
                + " of them out");
    assertThat(problems(sampleWith("[-1.0, 1.5]", "[1.0, 2, 1]")))
        .containsExactly(
            "spec.yaml:11:22: the number 1 is in this list before, in line 11, column 14; leave one"
                + " of them out");
    assertThat(problems(sampleWith("seed: 0", "seed: [1, 1]"))).hasSize(1);
    assertThat(problems(sampleWith("[truthfulqa/mc1]", "[truthfulqa/mc1, truthfulqa/mc1]")))
        .hasSize(1);
  }

  @Test
  void theSampleHasNone() {
    assertThat(problems(TestSpecs.SAMPLE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          against: baseline}   | against: baseline, name: index} | 17:87: 'index' is a page of the report itself; choose another name
          against: baseline}   | against: baseline, name: texts} | 17:87: 'texts' is a page of the report itself; choose another name
          [truthfulqa/mc1]     | [truthfulqa/]          | 17:45: expected a metric as prefix/name, found 'truthfulqa/'; prefixes here: truthfulqa, wikitext
          factor: [-1.0, 1.5]  | factr: 2               | 11:5: unknown key 'factr', did you mean 'factor'?
          factor: [-1.0, 1.5]  | zebra: 2               | 11:5: unknown key 'zebra'; known: train, direction, layers, factor, side, norm_preserving
          factor: [-1.0, 1.5]  | factor: abc            | 11:13: expected a number, found the text 'abc'
          factor: [-1.0, 1.5]  | factor: [1, true]      | 11:17: expected a number, found true
          factor: [-1.0, 1.5]  | factor: []             | 11:13: the list is empty; write at least one value
          factor: [-1.0, 1.5]  | factor: .nan           | 11:13: expected a finite decimal number, found '.nan'
          factor: [-1.0, 1.5]  | factor: [-.inf]        | 11:14: expected a finite decimal number, found '-.inf'
          factor: [-1.0, 1.5]  | factor: 1e999          | 11:13: 1e999 is too large for a number of 64 bits
          factor: [-1.0, 1.5]  | factor:                | 11:12: expected a number, found nothing
          factor: [-1.0, 1.5]  | factor: {a: 1}         | 11:13: expected a number, found a mapping
          factor: [-1.0, 1.5]  | layers: all            | 11:5: duplicate key 'layers', first in line 10
          factor: [-1.0, 1.5]  | side: inptu            | 11:11: expected one of output, input, found the text 'inptu', did you mean 'input'?
          factor: [-1.0, 1.5]  | norm_preserving: maybe | 11:22: expected true or false, found the text 'maybe'
          factor: [-1.0, 1.5]  | factor: *a             | 11:13: anchors and aliases (&name, *name) are not supported; repeat the value
          factor: [-1.0, 1.5]  | factor: !!int 1        | 11:13: tags (!name) are not supported; write the plain value
          factor: [-1.0, 1.5]  | factor: a: b           | 11:14: not YAML: mapping values are not allowed here
          5-29, last 25%       | 5-29, last             | 10:20: 'last' is not a range of layers: write 7, 5-29, all, 60%, 40%-80%, first 10, last 25 or last 25%
          hidden_state: 60%    | hidden_state: 101%     | 9:31: '101%' is not a hidden state: write an index such as 18 or 0% to 100%
          hidden_state: 60%    | source: per-laye       | 9:25: expected one of one, per-layer, found the text 'per-laye', did you mean 'per-layer'?
          hidden_state: 60%    | hidden_state: 60%, source: per-layer | 9:16: 'hidden_state' has no meaning with 'source: per-layer'; leave one of them out
          folds: 2             | folds: 1               | 8:41: 1 is out of bounds: must be between 2 and 1000
          folds: 2             | folds: 2.5             | 8:41: expected a whole number, found the number 2.5
          folds: 2             | folds: 99999999999     | 8:41: 99999999999 is outside -2147483648 to 2147483647
          folds: 2             | folds: 2, items: 0-9   | 8:12: 'folds' and 'items' exclude each other; keep one of them
          folds: 2             | folds: 2, leaky: true  | 8:12: 'leaky: true' learns from every item; leave 'folds' out
          folds: 2             | items: 9-1             | 8:41: '9-1' ends before it begins
          dataset: truthfulqa, | ''                     | 8:12: missing key 'dataset' in 'train': the data set to learn from
          dataset: truthfulqa, | 'dataset: truthfullqa,' | 8:22: unknown data set 'truthfullqa', did you mean 'truthfulqa'?
          dataset: truthfulqa, | 'dataset: mine,'       | 8:22: unknown data set 'mine'; known: truthfulqa, wikitext-2, or a file such as text.txt
          name: sample         | name: ../up            | 1:7: expected a name of letters, digits, - and _ (at most 64), and not mlflow, reference or world-model, which are folders of results/ for other things, found the text '../up'
          name: sample         | name: reference         | 1:7: expected a name of letters, digits, - and _ (at most 64), and not mlflow, reference or world-model, which are folders of results/ for other things, found the text 'reference'
          name: sample         | name: 7                | 1:7: expected a name of letters, digits, - and _ (at most 64), and not mlflow, reference or world-model, which are folders of results/ for other things, found the number 7; put it in quotes
          question: Does it help? | question: yes        | 2:11: expected a text, found true; put it in quotes
          seed: 0              | seed: 010              | 4:7: expected a whole number, found the number 010
          seed: 0              | device: tpu            | 4:9: 'tpu' is not a device: write auto, cpu, gpu or gpu:1
          seed: 0              | precision: float23     | 4:12: expected one of float32, float16, found the text 'float23', did you mean 'float32'?
          seed: 0              | memory: lots           | 4:9: 'lots' is not an amount of memory: write 512MiB or 2GiB, at least 1MiB
          seed: 0              | sede: 0                | 4:1: unknown key 'sede', did you mean 'seed'?
          baseline: {}         | baselin: {}            | 6:3: unknown method 'baselin', did you mean 'baseline'?
          baseline: {}         | 'magic: {}'            | 6:3: unknown method 'magic'; known: METHODS (an alias needs the key 'method')
          baseline: {}         | baseline: {x: 1}       | 6:14: unknown key 'x'; none is known here
          baseline: {}         | baseline: [1]          | 6:13: expected a mapping of settings, found a list
          baseline: {}         | 'mine: {method: magi}' | 6:18: unknown method 'magi'; known: METHODS
          baseline: {}         | 'shuffled-labels: {}'  | 6:20: missing key 'like': the key of the method that this is a control of; further keys replace those of it
          like: directional-edit | like: directional-edt | 12:28: 'like' names 'directional-edt', did you mean 'directional-edit'?
          like: directional-edit | like: baseline       | 12:28: 'like' names 'baseline'; it can be like directional-edit
          like: directional-edit | 'like: directional-edit, factr: 1' | 12:46: unknown key 'factr', did you mean 'factor'?
          truthfulqa-mc: {}    | truthfulqa-cm: {}      | 14:3: unknown evaluator 'truthfulqa-cm', did you mean 'truthfulqa-mc'?
          truthfulqa-mc: {}    | hellaswag: {}          | 14:3: unknown evaluator 'hellaswag'; known: truthfulqa-mc, perplexity (an alias needs the key 'evaluator')
          truthfulqa-mc: {}    | 'mine: {evaluator: truth}' | 14:21: unknown evaluator 'truth'; known: truthfulqa-mc, perplexity
          truthfulqa-mc: {}    | 'Mine: {evaluator: perplexity}' | 14:3: expected an alias of lower-case letters, digits, - and _ (at most 64): metrics are named by it, found the text 'Mine'
          truthfulqa-mc: {}    | 'truthfulqa-mc: {items: x}' | 14:26: 'x' is not a range of items such as 0-99 or 0-99,105
          truthfulqa-mc: {}    | 'truthfulqa-mc: {limit: 0}' | 14:26: 0 is too small: must be at least 1
          method, layers       | method, lyers          | 17:26: unknown row 'lyers', did you mean 'layers'?
          truthfulqa/mc1       | truthfulq/mc1          | 17:45: unknown metric prefix 'truthfulq', did you mean 'truthfulqa'?
          truthfulqa/mc1       | mc1                    | 17:45: expected a metric as prefix/name, found 'mc1'; prefixes here: truthfulqa, wikitext
          against: baseline    | against: basline       | 17:71: unknown method 'basline', did you mean 'baseline'?
          """)
  void eachIsReportedAtItsPlace(String piece, String replacement, String line) {
    List<String> lines =
        problems(sampleWith(piece, replacement == null ? "" : replacement)).stream()
            .filter(each -> !each.contains("unknown method 'baseline'"))
            .toList();
    String methods =
        Methods.all().stream().map(Method::name).sorted().collect(Collectors.joining(", "));
    assertThat(lines).containsExactly("spec.yaml:" + line.replace("METHODS", methods));
  }

  @Test
  void allAreReportedAtOnceInOrderOfPlace() {
    String text =
        """
        nam: x
        question: [1]
        methods:
          directional-edit:
            train: {folds: two}
            factor: abc
          random-direction: {like: directional-edit, side: left}
        evaluate: {}
        """;

    assertThat(problems(text))
        .containsExactly(
            "spec.yaml:1:1: unknown key 'nam', did you mean 'name'?",
            "spec.yaml:1:1: missing key 'name': name of the experiment and of its folder under"
                + " results/",
            "spec.yaml:1:1: missing key 'model': the model: catalogue name, hub name, folder or"
                + " .gguf file",
            "spec.yaml:2:11: expected a text, found a list",
            "spec.yaml:5:12: missing key 'dataset' in 'train': the data set to learn from",
            "spec.yaml:5:20: expected a whole number, found the text 'two'",
            "spec.yaml:6:13: expected a number, found the text 'abc'",
            "spec.yaml:7:52: expected one of output, input, found the text 'left'",
            "spec.yaml:8:11: no evaluator is named; name at least one; known:"
                + " truthfulqa-mc, perplexity");
  }

  @Test
  void filesThatAreNoSpecsSaySo() {
    assertThat(problems(""))
        .containsExactly("spec.yaml:1:1: the file is empty; a spec begins with 'name: ...'");
    assertThat(problems("# only a comment\n"))
        .containsExactly("spec.yaml:1:1: the file is empty; a spec begins with 'name: ...'");
    assertThat(problems("- a\n- b\n"))
        .containsExactly(
            "spec.yaml:1:1: expected a mapping that begins with 'name: ...', found a list");
    assertThat(problems("name: a\n---\nname: b\n"))
        .containsExactly("spec.yaml:3:1: a second document begins here; a spec is one document");
    assertThat(problems("methods:\n\tbaseline: {}\n"))
        .containsExactly("spec.yaml:2:1: a tab is used for indentation; YAML allows spaces only");
    assertThat(problems("methods: [1, 2\n"))
        .containsExactly("spec.yaml:2:1: not YAML: expected ',' or ']', but got <stream end>");
    assertThat(problems("[a]: 1\n"))
        .containsExactly("spec.yaml:1:2: not YAML: a key must be a plain text");
    assertThat(problems(new byte[] {'n', 0, 'a'}))
        .containsExactly("spec.yaml:1:2: not a text file: byte 1 is zero; specs are YAML in UTF-8");
    assertThat(problems("name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1)))
        .containsExactly("spec.yaml:1:10: not UTF-8: byte 0xe9; save the file as UTF-8");
    assertThat(problems(" ".repeat(SpecText.LARGEST + 1)))
        .containsExactly("spec.yaml: too large for a spec: 1048577 bytes, at most 1048576");
    assertThat(problems("a: " + "[".repeat(500_000)))
        .containsExactly("spec.yaml:1:28: nested more than 24 deep");
  }

  @Test
  void aliasBombsAreRefusedAtTheFirstAnchor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(problems(bomb.toString()))
        .containsExactly(
            "spec.yaml:1:5: anchors and aliases (&name, *name) are not supported; repeat the value");
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    assertThat(problems("\uFEFF" + TestSpecs.SAMPLE)).isEmpty();
  }

  @Test
  void filesThatAreNotThereSaySo(@TempDir Path folder) {
    SpecReader reader = new SpecReader(TestSpecs.REGISTRY);
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> reader.read(missing, List.of()))
        .isInstanceOf(SpecProblems.class)
        .hasMessage(missing + ": no such file; specs lie in experiments/");
    assertThatThrownBy(() -> reader.read(folder, List.of())).hasMessage(folder + ": not a file");
  }

  @Test
  void thousandsOfProblemsAreCutShort() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append("key").append(i).append(": 1\n");
    }

    assertThatThrownBy(() -> TestSpecs.spec(text.toString()))
        .isInstanceOf(SpecProblems.class)
        .hasMessageEndingWith("... and 1955 more problems");
  }
}
