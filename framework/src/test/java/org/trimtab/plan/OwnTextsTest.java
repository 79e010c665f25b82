package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.plan.TestFacts.MODEL;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.DatasetKind;
import org.trimtab.io.Hashes;
import org.trimtab.spec.Precision;
import org.trimtab.spec.TestSpecs;

/** Plans of methods that learn from texts of the user's own. */
class OwnTextsTest {
  private static final String SPEC =
      """
      name: own
      question: Does it help?
      model: tiny
      methods:
        directional-edit:
          train: {positive: p.txt, negative: n.txt}
          layers: 7
          factor: 1
        shuffled-labels: {like: directional-edit}
      evaluate:
        truthfulqa-mc: {}
        perplexity: {dataset: text.txt}
      """;

  @TempDir private Path folder = Path.of("");

  private final DatasetFacts facts =
      new DatasetFacts() {
        @Override
        public int items(String dataset) {
          return dataset.equals("truthfulqa") ? 817 : kind(dataset).items(folder.resolve(dataset));
        }

        @Override
        public DatasetKind kind(String dataset) {
          return dataset.equals("truthfulqa")
              ? DatasetKind.MULTIPLE_CHOICE
              : DatasetKind.of(folder.resolve(dataset));
        }

        @Override
        public ContrastTexts texts(List<String> files) {
          return ContrastTexts.read(files.stream().map(folder::resolve).toList());
        }

        @Override
        public String sha256(String dataset) {
          return dataset.equals("truthfulqa")
              ? Hashes.text(dataset)
              : CanonicalJson.sha256(read(folder.resolve(dataset)));
        }

        @Override
        public String modelSha256(String model) {
          return Hashes.text(model);
        }
      };

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void write() throws IOException {
    lines("p.txt", "positive", 95);
    lines("n.txt", "negative", 95);
    Files.writeString(folder.resolve("text.txt"), "Some running text.");
    Files.writeString(
        folder.resolve("pairs.jsonl"),
        IntStream.range(0, 10)
            .mapToObj(i -> "{\"positive\": \"p%d\", \"negative\": \"n%d\"}\n".formatted(i, i))
            .collect(Collectors.joining()));
  }

  private void lines(String file, String word, int count) throws IOException {
    Files.writeString(
        folder.resolve(file),
        IntStream.range(0, count)
            .mapToObj(i -> word + " " + i + "\n")
            .collect(Collectors.joining()));
  }

  private Plan plan(String... overrides) {
    return planOf(SPEC, overrides);
  }

  private Plan planOf(String spec, String... overrides) {
    return Planner.plan(
        TestSpecs.spec(spec, overrides),
        MODEL,
        facts,
        "cpu",
        Precision.FLOAT32,
        OptionalInt.empty());
  }

  private static Training training(Cell cell) {
    return Objects.requireNonNull(cell.training());
  }

  private static String train(String keys) {
    return "methods.directional-edit.train={positive: p.txt, negative: n.txt, " + keys + "}";
  }

  @Test
  void allLinesAreLearnedFromAndEverythingIsScored() {
    Plan plan = plan();

    assertThat(plan.cells())
        .extracting(Cell::key)
        .containsExactly("directional-edit", "shuffled-labels");
    for (Cell cell : plan.cells()) {
      assertThat(training(cell).items()).isEqualTo(ItemSet.first(95));
      assertThat(training(cell).dataset()).isEqualTo("p.txt + n.txt");
      assertThat(training(cell).leaky()).isFalse();
      assertThat(cell.scores("truthfulqa", 0)).isTrue();
    }
  }

  @Test
  void foldsAreOfLinesAndNoLineIsOnBothSides() {
    List<Cell> cells =
        plan(train("folds: 5, lines: first 90")).cells().stream()
            .filter(cell -> cell.key().equals("directional-edit"))
            .toList();

    assertThat(cells).hasSize(5);
    Set<Integer> held = new HashSet<>();
    for (Cell cell : cells) {
      ItemSet out = ItemSet.first(90).minus(training(cell).items());
      assertThat(out.size()).isEqualTo(18);
      assertThat(held).doesNotContainAnyElementsOf(out.ids());
      held.addAll(out.ids());
      assertThat(IntStream.range(0, 817)).allMatch(item -> cell.scores("truthfulqa", item));
      assertThat(training(cell).leaky()).isFalse();
    }
    assertThat(held).hasSize(90);
  }

  @Test
  void splitsAndSharesAreOfLinesToo() {
    List<Training> splits =
        plan(train("splits: {count: 3, train: 60}, lines: 5-94")).cells().stream()
            .filter(cell -> cell.key().equals("directional-edit"))
            .map(OwnTextsTest::training)
            .toList();
    assertThat(splits).hasSize(3).allMatch(training -> training.items().size() == 60);
    assertThat(splits).allMatch(training -> training.items().below(5).isEmpty());
    assertThat(training(plan(train("share: 70%")).cells().get(0)).items().size()).isEqualTo(66);
  }

  @Test
  void aCurveOverLinesIsAFactor() {
    List<Integer> sizes =
        plan(train("lines: [first 10, first 25, first 95, '0-4,90']")).cells().stream()
            .filter(cell -> cell.key().equals("directional-edit"))
            .map(cell -> training(cell).items().size())
            .toList();
    assertThat(sizes).containsExactly(10, 25, 95, 6);

    List<Cell> drawn =
        plan(train("n: [10, 50]")).cells().stream()
            .filter(cell -> cell.key().equals("directional-edit"))
            .toList();
    assertThat(training(drawn.get(0)).items().minus(training(drawn.get(1)).items()).isEmpty())
        .isTrue();
  }

  @Test
  void theIdentityHoldsTheHashesOfTheFilesAndHowTheyAreRead() throws IOException {
    String before = plan().cells().get(0).id();
    assertThat(
            plan("methods.directional-edit.direction={template: chat, position: last}")
                .cells()
                .get(0)
                .id())
        .isEqualTo(before);
    assertThat(plan("methods.directional-edit.direction={template: plain}").cells().get(0).id())
        .isNotEqualTo(before);
    assertThat(plan("methods.directional-edit.direction={position: mean}").cells().get(0).id())
        .isNotEqualTo(before);
    assertThat(
            plan("methods.directional-edit.train={positive: n.txt, negative: p.txt}")
                .cells()
                .get(0)
                .id())
        .isNotEqualTo(before);

    Files.writeString(folder.resolve("n.txt"), "another\n", StandardOpenOption.APPEND);
    assertThat(plan("methods.directional-edit.train.lines=first 95").cells().get(0).id())
        .isNotEqualTo(before);
  }

  @Test
  void aModelWithoutAChatTemplateReadsThemAsPlainText() {
    assertThat(TestSpecs.method(TestSpecs.spec(SPEC), "directional-edit").settings())
        .isInstanceOfSatisfying(
            MethodSettings.class, settings -> assertThat(settings.chatTemplate()).isTrue());
    assertThat(
            TestSpecs.method(
                    TestSpecs.spec(SPEC, "methods.directional-edit.direction={template: plain}"),
                    "directional-edit")
                .settings())
        .isInstanceOfSatisfying(
            MethodSettings.class, settings -> assertThat(settings.chatTemplate()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {positive: p.txt}                                   | 'negative' is missing
          {negative: n.txt}                                   | 'positive' is missing
          {positive: p.txt, negative: p.txt}                  | 'positive' and 'negative' name the same file
          {positive: p.txt, negative: n.txt, pairs: pairs.jsonl} | exclude each other; keep one
          {positive: p.txt, negative: n.txt, dataset: truthfulqa} | exclude each other; keep one
          {dataset: truthfulqa, lines: first 5}               | 'lines' is for texts of your own; for a data set write 'items'
          {positive: p.txt, negative: n.txt, items: 0-9}      | 'items' is for data sets; for texts of your own write 'lines'
          {positive: p.txt, negative: n.txt, lines: first 96} | lines first 96: p.txt has 95 different lines
          {positive: p.txt, negative: short.txt, lines: first 95} | lines first 95: short.txt has 60 different lines
          {positive: p.txt, negative: n.txt, lines: 90-95}    | lines 90-95: p.txt has 95 different lines
          {positive: p.txt, negative: n.txt, lines: first 0}  | names no line to learn from
          {positive: p.txt, negative: n.txt, lines: last 9}   | names no lines: write first 95, or 0-49
          {positive: p.txt, negative: short.txt, n: 50}       | 'n' takes as many lines of both files, and they have 95 and 60; write 'lines: first 60' beside it
          {positive: p.txt, negative: n.txt, folds: 96}       | folds 96: p.txt + n.txt has 95 items, fewer than folds
          {positive: p.txt, negative: n.txt, n: 96}           | n 96: a cell has 95 items of p.txt + n.txt to learn from
          {pairs: pairs.jsonl, lines: first 11}               | lines first 11: pairs.jsonl has 10 different pairs
          {pairs: p.txt}                                      | data set 'p.txt' has running text; 'pairs' takes objects with 'positive' and 'negative', pairs of contrasting texts
          {positive: pairs.jsonl, negative: n.txt}            | data set 'pairs.jsonl' has pairs of contrasting texts; 'positive' takes a text file
          {dataset: pairs.jsonl}                              | write 'pairs: pairs.jsonl'
          {pairs: shared.jsonl, folds: 2}                     | shared.jsonl:2 has a text of FOLDER/shared.jsonl:1: it could be learned from and held out at once
          {positive: p.txt, negative: text.txt}               | 'directional-edit' learns from the text that 'perplexity' scores (text.txt); score another, or say 'leaky: true'
          """)
  void mistakesAreNamed(String train, String message) throws IOException {
    lines("short.txt", "short", 60);
    Files.writeString(
        folder.resolve("shared.jsonl"),
        "{\"positive\": \"a\", \"negative\": \"x\"}\n{\"positive\": \"b\", \"negative\": \"x\"}\n");

    assertThatThrownBy(() -> plan("methods.directional-edit.train=" + train))
        .hasMessageContaining(message.replace("FOLDER", folder.toString()));
  }

  @Test
  void linesAndTemplatesBelongToTheirOwnKindOfData() {
    assertThatThrownBy(() -> plan("methods.directional-edit.direction={lines: answers}"))
        .hasMessageContaining("'direction.lines' is for questions");
    assertThatThrownBy(
            () ->
                plan(
                    "methods.directional-edit.train={dataset: truthfulqa}",
                    "methods.directional-edit.direction={template: plain}"))
        .hasMessageContaining("'direction.template' is for texts of your own");
  }

  @Test
  void aMethodThatLearnsAnswersSaysThatItDoesNotTakeThem() {
    String spec =
        SPEC.replace("directional-edit:\n", "learned-delta:\n")
            .replace("    factor: 1\n", "    lambda1: 0\n    lambda2: 0\n")
            .replace("  shuffled-labels: {like: directional-edit}\n", "");
    assertThatThrownBy(() -> planOf(spec))
        .hasMessageContaining(
            "learned-delta does not learn from texts of your own; it learns from");
  }

  @Test
  void leakyTextsAreNamedSo() {
    Plan plan =
        plan("methods.directional-edit.train={positive: p.txt, negative: text.txt, leaky: true}");
    assertThat(training(plan.cells().get(0)).leaky()).isTrue();
  }
}
