package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.evaluate.grade.FaultyJudge;
import org.trimtab.evaluate.grade.FaultyJudge.Fault;

/** Answers of the embedded model to questions of its world, and a judge that may be down. */
class SimpleQaRunTest {
  @TempDir private Path folder = Path.of("");

  private Path spec(String judge) {
    return new Program(folder, 1)
        .write(
            "answers.yaml",
            """
        name: answers
        question: What does the judge say?
        model: world
        methods:
          baseline: {}
          directional-edit:
            train: {dataset: world-truth, limit: 8}
            layers: 2-3
            factor: [1.0, 1.5]
        evaluate:
          simpleqa:
            dataset: world-questions
            items: 0-39
            max_new_tokens: 8
            stop: ["Q:"]
        %s
        """
                .formatted(judge.indent(4)));
  }

  private static String judge(FaultyJudge server) {
    return "judge: {model: judge-1, url: \"%s\", calls: {retries: 0, input_price: 2}}"
        .formatted(server.url());
  }

  /** Correct where the answer has an even number of letters. */
  private static FaultyJudge server(int port, Fault fault) {
    return new FaultyJudge(
        port,
        number -> fault,
        prompt -> {
          String answer = prompt.replaceAll("(?s).*<predicted_answer>\n(.*)\n</pred.*", "$1");
          return answer.length() % 2 == 0 ? "A" : "B: INCORRECT";
        });
  }

  private Program.Ended run(String... arguments) throws Exception {
    Program.Ended ended = new Program(folder, 1).run(arguments);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended;
  }

  private static List<Path> journals(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files.filter(file -> file.endsWith("journal.jsonl")).sorted().toList();
    }
  }

  @Test
  void withoutAJudgeContainmentAloneIsMeasuredUnderItsOwnName() throws Exception {
    Path results = folder.resolve("results");
    run(spec("").toString(), "--results", results.toString());
    List<String> cells = Files.readAllLines(results.resolve("answers/cells.csv"));
    assertThat(cells).hasSize(1 + 3);
    assertThat(cells.get(0))
        .contains("world-questions/contains")
        .doesNotContain("correct", "accuracy", "f1");
    String journal = Files.readString(journals(results).get(0));
    assertThat(journal).contains("\"answer\":", "\"gold\":").doesNotContain("\"grade\"");
    assertThat(run("verify", results.resolve("answers").toString()).output())
        .contains("9 metrics recomputed", "all the same");
  }

  @Test
  void whatAJudgeLeftUngradedIsGradedLaterWithoutGeneratingAgain() throws Exception {
    FaultyJudge down = server(0, Fault.ERROR);
    Path spec = spec(judge(down));
    assertThat(run("plan", spec.toString()).output())
        .contains("at most 120 calls of judge-1 at " + down.url())
        .contains("at the prices given");

    Path results = folder.resolve("results");
    Program.Ended ungraded = run(spec.toString(), "--results", results.toString());
    assertThat(ungraded.output())
        .contains("120 answers are ungraded", "503", "./run grade ", "[a] 40 answers are ungraded");
    Path name = results.resolve("answers");
    List<String> before = Files.readAllLines(journals(results).get(0));
    assertThat(before).anyMatch(line -> line.contains("\"grade\":\"ungraded\""));
    int port = down.port();
    down.close();

    Program.Ended still = new Program(folder, 1).run("grade", name.toString(), "--deadline", "5");
    assertThat(still.exitCode()).as(still.output()).isEqualTo(1);
    assertThat(still.output()).contains("0 answers graded.", "120 answers are ungraded");

    try (FaultyJudge up = server(port, Fault.NONE)) {
      assertThat(run("grade", name.toString()).output()).contains("120 answers graded.");
      assertThat(up.requests).hasSizeBetween(1, 120);
      int asked = up.requests.size();
      assertThat(run("grade", name.toString()).output()).contains("0 answers graded.");
      assertThat(run("verify", name.toString()).output()).contains("all the same");
      assertThat(up.requests).hasSize(asked);

      List<String> after = Files.readAllLines(journals(results).get(0));
      assertThat(after.subList(0, before.size())).isEqualTo(before);
      Path atOnce = folder.resolve("at-once");
      run(spec.toString(), "--results", atOnce.toString());
      assertThat(Program.results(results)).isEqualTo(Program.results(atOnce));
      assertThat(Program.results(atOnce)).contains("\"grade\":\"correct\"", "\"reply\":\"B: INC");
    }
  }

  /** One cell whose ten answers are graded under each of some names. */
  private Path aliases(String evaluations) {
    return new Program(folder, 1)
        .write(
            "aliases.yaml",
            """
        name: aliases
        question: Whose verdict is it?
        model: world
        methods: {baseline: {}}
        evaluate:
        %s
        """
                .formatted(evaluations.indent(2)));
  }

  private static String graded(String name, FaultyJudge judge) {
    return "%s: {evaluator: simpleqa, dataset: world-questions, items: 0-9, max_new_tokens: 8, %s}\n"
        .formatted(name, judge(judge));
  }

  private static FaultyJudge always(int port, Fault fault, String reply) {
    return new FaultyJudge(port, number -> fault, prompt -> reply);
  }

  @Test
  void anAliasWhoseJudgeWasDownIsGradedLater() throws Exception {
    FaultyJudge down = always(0, Fault.ERROR, "A");
    Path results = folder.resolve("results");
    run(aliases(graded("mine", down)).toString(), "--results", results.toString());
    down.close();

    try (FaultyJudge up = always(down.port(), Fault.NONE, "A")) {
      Path name = results.resolve("aliases");
      assertThat(run("grade", name.toString()).output())
          .contains("10 answers graded.")
          .doesNotContain("answers are ungraded");
      assertThat(up.requests).isNotEmpty();
      assertThat(Files.readAllLines(name.resolve("cells.csv")).get(0)).contains("mine/correct");
    }
  }

  @Test
  void twoAliasesKeepTheVerdictsOfTheirOwnJudges() throws Exception {
    FaultyJudge kindDown = always(0, Fault.ERROR, "A");
    FaultyJudge strictDown = always(0, Fault.ERROR, "B");
    Path results = folder.resolve("results");
    // The first is called as the evaluator is.
    String evaluations = graded("simpleqa", kindDown) + graded("strict", strictDown);
    run(aliases(evaluations).toString(), "--results", results.toString());
    kindDown.close();
    strictDown.close();

    try (FaultyJudge kind = always(kindDown.port(), Fault.NONE, "A");
        FaultyJudge strict = always(strictDown.port(), Fault.NONE, "B")) {
      run("grade", results.resolve("aliases").toString());
      assertThat(kind.requests).isNotEmpty();
      assertThat(strict.requests).isNotEmpty();
    }
    Path journal = journals(results).get(0);
    assertThat(Files.readAllLines(journal.resolveSibling("items.jsonl")))
        .hasSize(10)
        .allMatch(line -> line.contains("\"grade\":\"correct\""));
    assertThat(Files.readAllLines(journal.resolveSibling("items.strict.jsonl")))
        .hasSize(10)
        .allMatch(line -> line.contains("\"grade\":\"incorrect\""));
  }

  @Test
  void aJudgeIsHeldAgainstLabelsByHand() throws Exception {
    try (FaultyJudge up = server(0, Fault.NONE)) {
      Path spec = spec(judge(up));
      Path results = folder.resolve("results");
      run(spec.toString(), "--results", results.toString(), "--cells", "0");
      Path labels =
          new Program(folder, 1)
              .write(
                  "labels.csv",
                  """
              question,gold,answer,label
              Where?,Brell,Brell,B
              Who?,Anna,Anna,A
              When?,1911,1911,A
              """);
      Program.Ended ended =
          run("grade", results.resolve("answers").toString(), "--calibrate", labels.toString());
      assertThat(ended.output())
          .contains("containment (correct or not) against " + labels + ": 2 of 3 the same")
          .contains("judge-1 at " + up.url() + " against " + labels + ": 3 of 3 the same")
          .contains("Cohen's kappa 1.000")
          .contains("0 answers graded.");
    }
  }

  @Test
  void aModelInThisProcessCanBeTheJudge() throws Exception {
    Path results = folder.resolve("results");
    Path spec = spec("judge: {model: world, template: \"{question} {target} {predicted_answer}\"}");
    run(spec.toString(), "--results", results.toString(), "--cells", "0");
    String journal = Files.readString(journals(results).get(0));
    assertThat(journal).contains("\"reply\":").contains("\"grade\":\"unparsed\"");
  }
}
