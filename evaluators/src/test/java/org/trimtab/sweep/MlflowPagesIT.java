package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people see of a sweep in MLflow: {@code ./run mlflow} serves it, and its links are opened in
 * a real browser, chromium with chromedriver on the PATH. The sweep is the quickstart, run here, or
 * the finished one of the folder that the system property trimtab.pages.results names: so are the
 * documentation's pictures made (CONTRIBUTING.md). Pictures go to target/screenshots.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledIfEnvironmentVariable(
    named = "TRIMTAB_MLFLOW",
    matches = ".+",
    disabledReason = "set TRIMTAB_MLFLOW to the mlflow executable of a virtual environment")
class MlflowPagesIT {
  private static final Path QUICKSTART = Path.of("..", "experiments", "quickstart.yaml");
  private static final String ROWS = ".ag-pinned-left-cols-container .ag-row";

  /** A comma outside quotes. */
  private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

  private static final Duration START = Duration.ofMinutes(5);
  private static final Pattern ADDRESS = Pattern.compile("MLflow: (http\\S+)");

  private static Optional<Process> server = Optional.empty();
  private static Optional<Browser> opened = Optional.empty();
  private static Browser browser;
  private static String name;
  private static String links;
  private static List<String> columns;
  private static List<String[]> cells;

  @BeforeAll
  static void runAndServe(@TempDir Path folder) throws Exception {
    assumeTrue(Browser.chromium().isPresent(), "there is no chromium on the PATH; skipped");
    assumeTrue(Browser.chromedriver().isPresent(), "there is no chromedriver on the PATH; skipped");

    String results = folder.resolve("results").toString();
    Program program = new Program(folder, 1);
    Optional<Path> finished =
        Optional.ofNullable(System.getProperty("trimtab.pages.results")).map(Path::of);
    if (finished.isPresent()) {
      copy(finished.get(), folder.resolve("results"));
    } else {
      String spec = QUICKSTART.toAbsolutePath().toString();
      Program.Ended ended = program.run(spec, "--results", results);
      assertThat(ended.exitCode()).as(ended.output()).isZero();
    }
    Path serving = Files.createDirectory(folder.resolve("serving"));
    server = Optional.of(new Program(serving, 1).start("mlflow", "--results", results));
    URI address = address(serving.resolve("output.txt"));
    name = finished.map(path -> String.valueOf(path.getFileName())).orElse("quickstart");
    Path swept = folder.resolve("results").resolve(name);
    links = program.run("sync", swept.toString()).output();
    List<String> lines = Files.readAllLines(swept.resolve("cells.csv"));
    columns = List.of(lines.get(0).split(COMMA));
    cells = lines.stream().skip(1).map(line -> line.split(COMMA)).toList();
    browser = new Browser(Files.createDirectory(folder.resolve("profile")), address);
    opened = Optional.of(browser);
  }

  /** The server's address, once it has said it; sending finished results comes before it rests. */
  private static URI address(Path output) throws Exception {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      String text = Files.readString(output);
      Matcher said = ADDRESS.matcher(text);
      if (said.find() && text.contains("Ctrl-C stops the server.")) {
        return URI.create(said.group(1));
      }
      assertThat(server.orElseThrow().isAlive()).as(text).isTrue();
      assertThat(System.nanoTime()).as("not serving after " + START + ": " + text).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static void copy(Path from, Path results) throws IOException {
    Path to = results.resolve(String.valueOf(from.getFileName()));
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  @AfterAll
  static void end() throws Exception {
    opened.ifPresent(Browser::close);
    if (server.isPresent()) {
      server.get().destroy();
      assertThat(server.get().waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static URI link(String kind) {
    Matcher line = Pattern.compile(kind + ": +(http\\S+)").matcher(links);
    assertThat(line.find()).as(links).isTrue();
    return URI.create(line.group(1));
  }

  /** The only column whose name ends so. */
  private static String column(String ending) {
    return columns.stream().filter(column -> column.endsWith(ending)).findFirst().orElseThrow();
  }

  @Test
  void cellsAreNestedUnderTheirSweep() throws IOException {
    browser.open(link("Runs"));
    browser.awaitTexts("a", name);
    browser.awaitCount(ROWS, 1);
    browser.click(ROWS + " [data-component-id*=runnamecellrenderer]");
    browser.awaitTexts(ROWS + " a", "baseline");
    assertThat(browser.texts(ROWS + " a"))
        .hasSizeGreaterThan(10)
        .anyMatch(text -> text.startsWith("directional-edit "));
    browser.screenshot("runs", 720);
  }

  @Test
  void theComparisonShowsFactorsInParallel() throws IOException {
    browser.open(link("Comparison"));
    browser.awaitTexts("h1, h2, h3", "Comparing " + cells.size() + " Runs from 1 Experiment");
    browser.awaitTexts("svg .axis-title", "factor", column("/mc1"));
    browser.awaitTexts("svg .axis text", "-1.0");
    browser.screenshot("comparison", 700);
  }

  @Test
  void theSavedViewShowsFactorsAndScores() throws IOException {
    browser.open(link("Saved view"));
    browser.awaitTexts("button", "Cells of " + name);
    browser.awaitTexts("svg text", "method", "factor", column("/mc1"));
    int mc1 = columns.indexOf(column("/mc1"));
    double best =
        cells.stream()
            .map(cell -> Double.valueOf(cell[mc1]))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    browser.screenshot("view", 750);

    browser.click("label:has(input[name=runs-view-mode][value=TABLE])");
    browser.awaitTexts(
        "[role=columnheader]",
        "method",
        "factor",
        column("/mc1"),
        column("/mc2"),
        column("/perplexity"));
    List<String> shown = browser.texts(".ag-row [col-id*='/mc1`']");
    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(Double.parseDouble(shown.get(0))).isCloseTo(best, within(5e-4));
    assertThat(shown.stream().map(Double::valueOf).toList())
        .isSortedAccordingTo(Comparator.reverseOrder());
    browser.screenshot("columns", 740);
  }

  @Test
  void aTableOfItemsOpens() throws IOException {
    Matcher runs = Pattern.compile("runs=%5B%22(\\w+)%22").matcher(link("Comparison").toString());
    assertThat(runs.find()).isTrue();
    String experiment = link("Runs").toString().replaceFirst("/runs.*", "/runs/");
    browser.open(URI.create(experiment + runs.group(1) + "/artifacts/items.truthfulqa-mc.json"));
    browser.awaitTexts("[role=columnheader]", "question", "answer", "mc1", "mc2");
    assertThat(browser.texts("[role=cell]")).hasSizeGreaterThan(20);
    browser.screenshot("items", 480);
  }
}
