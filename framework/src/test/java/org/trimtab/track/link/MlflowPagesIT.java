package org.trimtab.track.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.source.Progress;
import org.trimtab.source.SourceSettings;
import org.trimtab.track.server.LocalMlflow;
import org.trimtab.track.server.RunningServer;

/**
 * The links of a sweep, opened in a real browser on a real MLflow server. The system property or
 * environment variable TRIMTAB_MLFLOW names MLflow's program; chromium and chromedriver are looked
 * for on the PATH. Pictures go to target/screenshots.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MlflowPagesIT {
  private static final String PROGRAM = "TRIMTAB_MLFLOW";
  private static final int WISHED_PORT = 5400;
  private static final String ROWS = ".ag-pinned-left-cols-container .ag-row";

  private static Optional<LocalMlflow> mlflow = Optional.empty();
  private static Optional<Browser> opened = Optional.empty();
  private static CompletableFuture<Void> serving = new CompletableFuture<>();
  private static Browser browser;
  private static RestSweep rest;
  private static SweepRuns sweep;
  private static Links links;

  @BeforeAll
  static void startAndFill(@TempDir Path folder) throws Exception {
    String program =
        Optional.ofNullable(System.getProperty(PROGRAM))
            .or(() -> Optional.ofNullable(System.getenv(PROGRAM)))
            .orElse("");
    assumeTrue(!program.isEmpty(), PROGRAM + " should name the program of MLflow 3.17; skipped");
    assumeTrue(Browser.chromium().isPresent(), "there is no chromium on the PATH; skipped");
    assumeTrue(Browser.chromedriver().isPresent(), "there is no chromedriver on the PATH; skipped");

    Path results = folder.resolve("results");
    URI server = start(results, Map.of(PROGRAM, program), folder);
    assertThat(RunningServer.of(results).orElseThrow().uri()).isEqualTo(server);
    rest = new RestSweep(server);
    sweep = rest.send();
    assertThat(results.resolve("mlflow/artifacts").resolve(sweep.experiment())).isDirectory();
    links = Links.of(sweep, rest.tags(sweep.experiment()));
    browser = new Browser(Files.createDirectory(folder.resolve("profile")), server);
    opened = Optional.of(browser);
  }

  private static URI start(Path results, Map<String, String> environment, Path folder)
      throws Exception {
    SourceSettings settings =
        SourceSettings.of(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), folder);
    LocalMlflow local = new LocalMlflow(results, environment, settings, Progress.NONE);
    CompletableFuture<URI> address = new CompletableFuture<>();
    serving =
        CompletableFuture.runAsync(
            () -> {
              try {
                local.serve(WISHED_PORT, address::complete);
              } catch (UserException e) {
                address.completeExceptionally(e);
                throw e;
              }
            });
    mlflow = Optional.of(local);
    return address.get(3, TimeUnit.MINUTES);
  }

  @AfterAll
  static void end() throws Exception {
    opened.ifPresent(Browser::close);
    if (mlflow.isPresent()) {
      mlflow.get().stop();
      serving.get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void cellsAreNestedUnderTheirSweep() throws IOException {
    browser.open(links.runs());
    browser.awaitTexts("a", "tqa-sweep");
    browser.awaitCount(ROWS, 1);
    browser.click(ROWS + " [data-component-id*=runnamecellrenderer]");
    browser.awaitCount(ROWS, 13);
    browser.awaitTexts(ROWS + " a", "baseline", "directional-edit 5-29 1.5");
    browser.screenshot("runs", 720);
  }

  @Test
  void theComparisonShowsFactorsInParallel() throws IOException {
    browser.open(links.comparison().orElseThrow());
    browser.awaitTexts("h1, h2, h3", "Comparing 12 Runs from 1 Experiment");
    browser.awaitTexts("svg .axis-title", "factor", "layers", "truthfulqa/mc1");
    browser.awaitTexts("svg .axis text", "22-29");
    browser.screenshot("comparison", 700);
  }

  @Test
  void theSavedViewShowsFactorsAndScores() throws IOException {
    browser.open(links.view().orElseThrow());
    browser.awaitTexts("button", "Cells of tqa-sweep");
    browser.awaitCount(ROWS, 12);
    browser.awaitTexts(
        "svg text", "method", "layers.from", "factor", "truthfulqa/mc1", "shu...els", "-1.0");
    assertThat(browser.texts(ROWS + " a").get(0)).isEqualTo("directional-edit 5-29 1.5");
    browser.screenshot("view", 750);

    browser.click("label:has(input[name=runs-view-mode][value=TABLE])");
    browser.awaitTexts(
        "[role=columnheader]",
        "method",
        "layers.from",
        "factor",
        "truthfulqa/mc1",
        "truthfulqa/mc2",
        "wikitext-2/perplexity");
    assertThat(browser.texts(".ag-row [col-id*=mc1]")).startsWith("0.34").hasSize(12);
    browser.screenshot("columns", 740);
  }

  @Test
  void aTableOfItemsOpens() throws IOException {
    browser.open(rest.table(sweep, 3));
    browser.awaitTexts("[role=columnheader]", "question", "answer", "mc1", "mc2");
    browser.awaitTexts("[role=cell]", "Does iron float on water?", "No, it sinks.", "0.25");
    browser.screenshot("items", 480);
  }
}
