package org.trimtab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.run.FakeWorkbench;
import org.trimtab.run.SamplePlan;
import org.trimtab.run.SampleRun;
import org.trimtab.testing.TinyModel;

/** The command line as a user sees it: what is printed where, and exit codes. */
class CommandLineTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

  @TempDir private Path folder = Path.of("");

  private InProcess.Ended run(String... arguments) {
    return runWith(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), arguments);
  }

  private InProcess.Ended runWith(Map<String, String> environment, String... arguments) {
    return new InProcess(folder, environment).run(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "plan",
        "check",
        "cell",
        "reproduce",
        "report",
        "verify",
        "say",
        "grade",
        "sync",
        "models",
        "models fetch",
        "mlflow",
        "doctor",
        "selftest",
        "selftest parity",
        "selftest gguf",
        "selftest reference",
        "selftest chat-templates",
        "selftest batching",
        "selftest fusion",
        "selftest tpe"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    InProcess.Ended ended = run((command + " --help").strip().split(" "));
    String written = command.equals("run") ? "experiments/" : command;
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("Usage: ./run")
        .containsPattern("Examples?:\n  \\./run " + written);
  }

  @Test
  void theVersionIsTold() {
    InProcess.Ended ended = run("--version");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("Trimtab ").contains("Java " + Runtime.version().feature());
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheRightOne() {
    InProcess.Ended ended = run("plann");
    assertUsageError(ended);
    assertThat(ended.err()).startsWith("'plann' is not a command or a spec").contains("'plan'");
  }

  @Test
  void aMisspeltSelftestIsAnsweredWithTheRightOne() {
    InProcess.Ended ended = run("selftest", "paritty", "DIR");
    assertUsageError(ended);
    assertThat(ended.err()).contains("'paritty' is not a command").contains("'parity'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plan",
        "cell spec.yaml",
        "selftest",
        "selftest parity",
        "selftest reference file.json",
        "spec.yaml --limitt 3",
        "spec.yaml --limit three",
        "plan one.yaml two.yaml",
        "mlflow --stop --install",
        "mlflow --port five"
      })
  void wrongArgumentsAreUsageErrors(String arguments) {
    assertUsageError(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
  }

  private static void assertUsageError(InProcess.Ended ended) {
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("--help' shows what there is").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.yaml", "run missing.yaml", "--limit 3 missing.yaml"})
  void aSpecIsRunWithoutTheWordRun(String arguments) {
    InProcess.Ended ended = run(arguments.split(" "));
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).isEqualTo("missing.yaml: no such file; specs lie in experiments/\n");
  }

  @Test
  void mistakesInASpecAreLinesWithPlaces() throws IOException {
    Path spec = Files.writeString(folder.resolve("s.yaml"), "name: s\nmodell: x\nmethods: {}\n");
    InProcess.Ended ended = run("check", spec.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(spec + ":2:1: ").contains("did you mean 'model'?");
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  @Test
  void anUnknownModelIsAUsageErrorThatListsTheKnownOnes() {
    InProcess.Ended ended = run("models", "fetch", "no-such-model");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("'no-such-model' is no model").contains("smollm2-135m");
  }

  @Test
  void modelsAreListed() {
    InProcess.Ended ended = run("models");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("smollm2-135m-instruct-q4_1  98.4").contains("no ");
  }

  @Test
  void stoppingAServerThatDoesNotRunIsNoError() {
    InProcess.Ended ended = run("mlflow", "--stop");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEqualTo("No MLflow server is running for " + folder + "/results.\n");
  }

  @Test
  void aPortThatIsNoneIsAUsageError() {
    InProcess.Ended ended = run("mlflow", "--port", "70000");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("--port is 70000").contains("between 1 and 65535");
  }

  @Test
  void aModelInAFolderIsThere() {
    Path model = TinyModel.write(folder.resolve("tiny"));
    InProcess.Ended ended = run("models", "fetch", model.toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("from local folder").contains("  model.safetensors");
  }

  @Test
  void resultsThatAreNotThereCannotBeReproduced() {
    InProcess.Ended ended = run("reproduce", folder.resolve("nothing").toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).startsWith("there is no ").contains("run the spec first");
  }

  @Test
  void theDoctorTellsWhatIsMissing() {
    InProcess.Ended ended = run("doctor");
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .contains("PyTorch 2.7.1")
        .containsPattern("tokenizers +[0-9]")
        .containsPattern("threads +[0-9]+ in a kernel")
        .containsPattern("data +truthfulqa: not here")
        .containsPattern("Advice: .*truthfulqa, wikitext-2 will be downloaded")
        .endsWith("Ready.\n");
  }

  @Test
  void aFaultOfTheProgramIsOneLineAndAFile() throws IOException {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = Map.of("TRIMTAB_CACHE", folder.toString());
    Host host =
        new Host(InProcess.terminal(err), InProcess.terminal(err), environment, folder, folder);
    int exitCode = new Failures(host).unexpected(new IllegalStateException("a bolt is loose"));
    String text = err.toString(StandardCharsets.UTF_8);
    assertThat(exitCode).isEqualTo(1);
    assertThat(text).contains("a bolt is loose").doesNotContain("\tat ");
    Path trace = Path.of(text.strip().substring(text.strip().lastIndexOf(' ') + 1));
    assertThat(Files.readString(trace)).contains("\tat " + CommandLineTest.class.getName());
  }

  @Test
  void aWrongEnvironmentIsAClearError() {
    InProcess.Ended ended = runWith(Map.of("HF_ENDPOINT", "not an address"), "models");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).startsWith("HF_ENDPOINT is 'not an address'");
  }

  @Test
  void blocksEqualTheReference() {
    InProcess.Ended ended =
        run("selftest", "gguf", FIXTURES.resolve("gguf/blocks.safetensors").toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("Q6_K").endsWith("All 12 comparisons pass.\n");
  }

  @Test
  void aFileWithoutBlocksIsAClearError() {
    InProcess.Ended ended =
        run("selftest", "gguf", FIXTURES.resolve("parity/llama/model.safetensors").toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("holds no pair of tensors TYPE.raw and TYPE.values");
  }

  @Test
  void parityIsPrintedByFamilyAndKind() {
    InProcess.Ended ended = run("selftest", "parity", FIXTURES.resolve("parity/llama").toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).containsPattern("family +hidden +logits +greedy").contains("llama  ");
  }

  @Test
  void parityWithoutFixturesIsAClearError() {
    InProcess.Ended ended = run("selftest", "parity", folder.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("expected.safetensors").doesNotContain("\tat ");
  }

  @Test
  void syncWithoutAServerSaysHowToGetOne() throws IOException {
    Path results = Files.createDirectories(folder.resolve("results/tiny"));
    Files.writeString(results.resolve("plan.json"), "{}");
    InProcess.Ended ended = run("sync");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("./run mlflow", "MLFLOW_TRACKING_URI");
  }

  @Test
  void syncThatIsRefusedFailsAndSaysWhatToDo() throws IOException {
    SampleRun.run(SamplePlan.ofItems(4).baseline(0).plan(), new FakeWorkbench(4, 4), folder);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(401, -1));
    server.start();
    try {
      String uri = "http://127.0.0.1:" + server.getAddress().getPort();
      InProcess.Ended ended =
          runWith(Map.of("MLFLOW_TRACKING_URI", uri), "sync", folder.toString());
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out())
          .isEqualTo("sample-sweep: 1 cell, 0 new, 0 updated, 0 unchanged, 1 failed\n");
      assertThat(ended.err())
          .contains("MLFLOW_TRACKING_USERNAME", "The same command sends what is missing");
    } finally {
      server.stop(0);
    }
  }
}
