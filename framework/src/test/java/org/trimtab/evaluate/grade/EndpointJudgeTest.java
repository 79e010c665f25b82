package org.trimtab.evaluate.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.evaluate.grade.FaultyJudge.Fault;
import org.trimtab.io.Secrets;
import org.trimtab.model.LanguageModel;
import org.trimtab.spec.bind.Settings;

class EndpointJudgeTest {
  private static final String KEY = "secret-key";

  @TempDir Path folder;

  private static JudgeSettings settings(@Nullable String url, int concurrency, double deadline) {
    return new JudgeSettings(
        "judge-1",
        url,
        null,
        ReplyParser.STRICT,
        null,
        0.0,
        null,
        null,
        new JudgeSettings.Calls(deadline, 2, concurrency, 2.0, 8.0));
  }

  private EndpointJudge judge(FaultyJudge server, int concurrency, double deadline) {
    return new EndpointJudge(
        server.url(),
        settings(server.url(), concurrency, deadline),
        KEY,
        new ReplyCache(folder.resolve("replies")),
        Duration.ofMillis(1));
  }

  private static LanguageModel model() {
    throw new IllegalStateException("no model is asked for");
  }

  private static List<Candidate> answers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("Question " + i + "?", "gold {question}", "answer $1 " + i))
        .toList();
  }

  private static List<Grade> grades(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::grade).toList();
  }

  @Test
  void verdictsComeInTheOrderOfTheAnswers() {
    try (FaultyJudge server =
            new FaultyJudge(
                0,
                number -> Fault.NONE,
                prompt -> prompt.contains("Question 3?") ? "B: INCORRECT" : "it is correct");
        EndpointJudge judge = judge(server, 4, 30)) {
      List<Verdict> verdicts = judge.grade(answers(12));
      assertThat(grades(verdicts))
          .isEqualTo(
              IntStream.range(0, 12)
                  .mapToObj(i -> i == 3 ? Grade.INCORRECT : Grade.CORRECT)
                  .toList());
      assertThat(verdicts.get(3).reply()).isEqualTo("B: INCORRECT");
      assertThat(server.requests).hasSize(12);
      assertThat(server.authorizations).containsOnly("Bearer " + KEY);
      assertThat(server.requests.get(0).get("model").asText()).isEqualTo("judge-1");
      assertThat(server.requests.get(0).get("temperature").asDouble()).isZero();
      assertThat(server.requests)
          .allSatisfy(
              request ->
                  assertThat(FaultyJudge.prompt(request))
                      .contains("\ngold {question}\n", "\nanswer $1 ", "A for CORRECT"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TOO_MANY_REQUESTS", "ERROR", "SILENCE", "SLOW", "DROPPED", "NONSENSE", "WRONG"})
  void aFaultThatPassesIsOvercome(Fault fault) {
    double deadline = fault == Fault.SILENCE || fault == Fault.SLOW ? 0.5 : 30;
    try (FaultyJudge server =
            new FaultyJudge(0, number -> number < 2 ? fault : Fault.NONE, prompt -> "A");
        EndpointJudge judge = judge(server, 1, deadline)) {
      assertThat(grades(judge.grade(answers(1)))).containsExactly(Grade.CORRECT);
      assertThat(server.requests).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TOO_MANY_REQUESTS", "ERROR", "SILENCE", "SLOW", "DROPPED", "NONSENSE", "WRONG"})
  void aFaultThatStaysLeavesAnswersUngradedAndIsNotAskedForEver(Fault fault) {
    double deadline = fault == Fault.SILENCE || fault == Fault.SLOW ? 0.05 : 30;
    try (FaultyJudge server = new FaultyJudge(0, number -> fault, prompt -> "A");
        EndpointJudge judge = judge(server, 1, deadline)) {
      List<Verdict> verdicts = judge.grade(answers(8));
      assertThat(grades(verdicts)).hasSize(8).containsOnly(Grade.UNGRADED);
      assertThat(verdicts)
          .allSatisfy(verdict -> assertThat(verdict.reason()).contains(server.url()));
      // Three answers with three attempts each; then it gives up.
      assertThat(server.requests).hasSizeLessThanOrEqualTo(9);
    }
  }

  @Test
  void aRefusedKeyEndsAtOnceAndARefusedRequestDoesNot() {
    try (FaultyJudge server = new FaultyJudge(0, number -> Fault.UNAUTHORIZED, prompt -> "A");
        EndpointJudge judge = judge(server, 1, 30)) {
      List<Verdict> verdicts = judge.grade(answers(5));
      assertThat(grades(verdicts)).containsOnly(Grade.UNGRADED);
      assertThat(verdicts.get(4).reason()).contains("401", "name the environment variable");
      assertThat(verdicts.get(4).reason()).doesNotContain(KEY);
      assertThat(server.requests).hasSize(1);
    }
    IntFunction<Fault> first = number -> number == 0 ? Fault.BAD_REQUEST : Fault.NONE;
    try (FaultyJudge server = new FaultyJudge(0, first, prompt -> "C");
        EndpointJudge judge = judge(server, 1, 30)) {
      assertThat(grades(judge.grade(answers(3))))
          .containsExactly(Grade.UNGRADED, Grade.NOT_ATTEMPTED, Grade.NOT_ATTEMPTED);
      assertThat(server.requests).hasSize(3);
    }
  }

  @Test
  void aServerThatIsDownLeavesAnswersUngraded() {
    FaultyJudge gone = FaultyJudge.sound();
    gone.close();
    try (EndpointJudge judge = judge(gone, 2, 30)) {
      assertThat(grades(judge.grade(answers(6)))).hasSize(6).containsOnly(Grade.UNGRADED);
    }
  }

  @Test
  void aReplyIsKeptByWhatWasAskedAndOfWhom() throws Exception {
    try (FaultyJudge server = FaultyJudge.sound()) {
      try (EndpointJudge judge = judge(server, 2, 30)) {
        judge.grade(answers(4));
        assertThat(grades(judge.grade(answers(5)))).containsOnly(Grade.CORRECT);
        assertThat(server.requests).hasSize(5);
      }
      try (EndpointJudge again = judge(server, 2, 30)) {
        assertThat(grades(again.grade(answers(5)))).containsOnly(Grade.CORRECT);
        assertThat(server.requests).hasSize(5);
      }
    }
    try (FaultyJudge other = new FaultyJudge(0, number -> Fault.NONE, prompt -> "B");
        EndpointJudge judge = judge(other, 2, 30)) {
      assertThat(grades(judge.grade(answers(5)))).containsOnly(Grade.INCORRECT);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).isIn("A", "B");
      }
    }
  }

  @Test
  void theKeyIsReadFromTheEnvironmentAndNamedWhenItIsMissing() {
    try (FaultyJudge server = FaultyJudge.sound()) {
      JudgeSettings settings =
          new JudgeSettings(
              "judge-1",
              server.url() + "/",
              "JUDGE_KEY",
              ReplyParser.STRICT,
              null,
              null,
              5,
              null,
              settings(null, 1, 30).calls());
      Path replies = folder.resolve("replies");
      LocalJudges known = new LocalJudges(Map.of("JUDGE_KEY", "k "), replies, name -> model());
      try (Judge judge = known.open(settings)) {
        judge.grade(answers(1));
      }
      assertThat(server.authorizations).containsExactly("Bearer k");
      assertThat(server.requests.get(0).has("temperature")).isFalse();
      assertThat(server.requests.get(0).get("max_tokens").asInt()).isEqualTo(5);
      LocalJudges unknown = new LocalJudges(Map.of(), replies, name -> model());
      assertThatThrownBy(() -> unknown.open(settings))
          .hasMessageContaining("the environment variable JUDGE_KEY")
          .hasMessageContaining("is not set");
    }
  }

  @Test
  void aKeyThatTheServerRepeatsGoesNowhere() throws IOException {
    Secrets.of("JUDGE_KEY", KEY);
    try (FaultyJudge server = new FaultyJudge(0, number -> Fault.ECHO, prompt -> "A");
        EndpointJudge judge = judge(server, 1, 30)) {
      assertThat(judge.grade(answers(1)).get(0).reason())
          .contains("refused: Authorization: Bearer [JUDGE_KEY]")
          .doesNotContain(KEY);
    }
    try (FaultyJudge server =
            new FaultyJudge(0, number -> Fault.NONE, prompt -> "A, as " + KEY + " says");
        EndpointJudge judge = judge(server, 1, 30)) {
      assertThat(judge.grade(answers(1)).get(0).reply()).isEqualTo("A, as [JUDGE_KEY] says");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(KEY);
      }
    }
  }

  @Test
  void aReplyWithoutAnEndIsReadToALimit() {
    try (FaultyJudge server = new FaultyJudge(0, number -> Fault.HUGE, prompt -> "A");
        EndpointJudge judge = judge(server, 1, 30)) {
      Verdict verdict = judge.grade(answers(1)).get(0);

      assertThat(verdict.grade()).isEqualTo(Grade.UNGRADED);
      assertThat(verdict.reason()).contains("the answer is longer than 1,048,576 bytes");
      assertThat(server.sent.get()).isLessThan(64 << 20);
    }
  }

  @Test
  void thoughtsAreNotGraded() {
    String thoughts = "<think>A: CORRECT? No, the answer contradicts it.</think>\nB";
    try (FaultyJudge server =
            new FaultyJudge(
                0,
                number -> Fault.NONE,
                prompt -> prompt.contains("Question 0?") ? thoughts : "<think>It is CORRECT. A");
        EndpointJudge judge = judge(server, 1, 30)) {
      List<Verdict> verdicts = judge.grade(answers(2));

      assertThat(grades(verdicts)).containsExactly(Grade.INCORRECT, Grade.UNGRADED);
      assertThat(verdicts.get(0).reply()).isEqualTo(thoughts);
      assertThat(verdicts.get(1).reason()).contains("ends within a thought");
      // A thought without an end is not kept: it is asked again.
      judge.grade(answers(2));
      assertThat(server.requests).hasSize(3);
    }
    try (FaultyJudge server = new FaultyJudge(0, number -> Fault.REASONING, prompt -> "A");
        EndpointJudge judge = judge(server, 1, 30)) {
      assertThat(judge.grade(answers(1)).get(0).reason()).contains("ends within a thought");
    }
  }

  @Test
  void aTemperatureOfNullStaysNullInAPlan() throws IOException {
    ObjectNode written =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    "{\"model\": \"m\", \"url\": \"http://localhost:1/v1\","
                        + " \"temperature\": null, \"max_completion_tokens\": 400}");
    JudgeSettings read = Settings.bind(written, JudgeSettings.class);
    JudgeSettings again = Settings.bind(Settings.tree(read), JudgeSettings.class);

    assertThat(again).isEqualTo(read);
    String request = new ChatEndpoint("http://localhost:1/v1", again, null).request("Is it?");
    assertThat(request)
        .contains("\"max_completion_tokens\":400")
        .doesNotContain("temperature", "max_tokens");
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> settings("http://me:word@localhost:8000/v1", 1, 1))
        .hasMessageContaining("url has a user or password in its address")
        .hasMessageNotContaining("word@");
    assertThatThrownBy(() -> settings("localhost:8000", 1, 1))
        .hasMessageContaining("url 'localhost:8000': expected an address");
    JudgeSettings sound = settings(null, 1, 1);
    assertThatThrownBy(
            () ->
                new JudgeSettings(
                    "m", null, "K", ReplyParser.PAPER, null, null, null, null, sound.calls()))
        .hasMessageContaining("'key' has no meaning without 'url'");
    assertThatThrownBy(
            () ->
                new JudgeSettings(
                    "m",
                    null,
                    null,
                    ReplyParser.PAPER,
                    "{question}",
                    null,
                    null,
                    null,
                    sound.calls()))
        .hasMessageContaining("{target} is missing");
  }

  @Test
  void theExpenseIsTold() {
    assertThat(settings("http://localhost:1/v1", 1, 1).expense(1000))
        .startsWith("at most 1,000 calls of judge-1 at http://localhost:1/v1, about ")
        .contains("4,000 out, about 1.")
        .endsWith(" at the prices given");
    JudgeSettings free = settings(null, 1, 1).with(new JudgeSettings.Calls(1, 1, 1, 0, 0));
    assertThat(free.expense(2)).contains("judge-1 in this process").endsWith("8 out");
  }
}
