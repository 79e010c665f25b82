package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

  private static Links.SweepRuns sweep(int cells, List<String> factors, List<String> metrics) {
    return new Links.SweepRuns(
        URI.create("http://127.0.0.1:5000"),
        "7",
        "a0",
        "tqa-sweep",
        STARTED,
        IntStream.range(0, cells).mapToObj(i -> "c" + i).toList(),
        factors,
        metrics,
        "truthfulqa/mc1");
  }

  private static Links.SweepRuns small() {
    return sweep(
        2, List.of("method", "factor"), List.of("truthfulqa/mc1", "wikitext-2/perplexity"));
  }

  @Test
  void threeLinks() {
    Links links = Links.of(small());
    assertThat(String.join("\n", links.lines(2)).concat("\n"))
        .isEqualTo(
            """
            Runs:       http://127.0.0.1:5000/#/experiments/7/runs?workflowType=machine_learning
            Comparison: http://127.0.0.1:5000/#/compare-runs?runs=%5B%22c0%22%2C%22c1%22%5D&experiments=%5B%227%22%5D&workflowType=machine_learning
            Saved view: http://127.0.0.1:5000/#/experiments/7/runs?compareRunsMode=CHART&viewStateShareKey=KEY&workflowType=machine_learning
            """
                .replace("KEY", Links.SavedView.of(small()).key()));
  }

  @Test
  void theViewIsATag() throws IOException {
    Links.SavedView saved = Links.SavedView.of(small());
    assertThat(saved.tag()).isEqualTo("mlflow.sharedViewState." + saved.key());
    String value = saved.value();
    JsonNode view = new JsonMapper().readTree(value);
    assertThat(value)
        .startsWith(
            "{\"name\":\"Cells of tqa-sweep\",\"createdAt\":1767323045000,"
                + "\"updatedAt\":1767323045000,\"state\":\"{\\\"searchFilter\\\":");
    assertThat(view.path("state").textValue())
        .isEqualTo(
            """
            {"searchFilter":"tags.`mlflow.parentRunId` = 'a0'",
            "orderByKey":"metrics.`truthfulqa/mc1`","orderByAsc":false,
            "startTime":"ALL","lifecycleFilter":"Active","modelVersionFilter":"All Runs",
            "datasetsFilter":[],
            "selectedColumns":["params.`method`","params.`factor`",
            "metrics.`truthfulqa/mc1`","metrics.`wikitext-2/perplexity`"],
            "runsHiddenMode":"SHOW_ALL","isAccordionReordered":true,
            "compareRunCharts":[{"type":"PARALLEL","uuid":"factors","metricSectionId":"factors",
            "deleted":false,"isGenerated":false,"showAllRuns":false,
            "selectedParams":["method","factor"],
            "selectedMetrics":["wikitext-2/perplexity","truthfulqa/mc1"]}],
            "compareRunSections":[{"uuid":"factors","name":"Factors and scores","display":true,
            "isReordered":true,"deleted":false,"isGenerated":false,"columns":1}]}"""
                .replace("\n", ""));
  }

  @Test
  void theSameSweepIsTheSameTagAndAnotherOneIsNot() {
    Links once = Links.of(small());
    assertThat(Links.of(small())).isEqualTo(once);
    assertThat(Links.SavedView.of(sweep(2, List.of("method"), List.of("truthfulqa/mc1"))).tag())
        .isNotEqualTo(Links.SavedView.of(small()).tag());
  }

  @Test
  void manyLongNamesAreLeftOutFromTheEnd() throws IOException {
    List<String> factors = names("factor", 60);
    List<String> metrics = names("metric", 90);
    Links.SavedView view = Links.SavedView.of(sweep(2, factors, metrics));
    JsonNode state =
        new JsonMapper()
            .readTree(new JsonMapper().readTree(view.value()).path("state").textValue());
    List<String> columns = texts(state.path("selectedColumns"));
    JsonNode chart = state.path("compareRunCharts").path(0);

    assertThat(view.value().length()).isBetween(4_500, 5_000);
    assertThat(columns)
        .contains("params.`" + factors.get(0) + "`", "metrics.`truthfulqa/mc1`")
        .contains("metrics.`" + metrics.get(0) + "`")
        .doesNotContain("metrics.`" + metrics.get(89) + "`");
    assertThat(texts(chart.path("selectedParams"))).isEqualTo(factors.subList(0, 5));
    assertThat(texts(chart.path("selectedMetrics")))
        .hasSize(5)
        .startsWith(metrics.get(0))
        .endsWith("truthfulqa/mc1");
  }

  @Test
  void theLongestNamesLeaveTheFirstFactorAndThePrimaryMetric() {
    List<String> longest = List.of("a".repeat(250), "b".repeat(250), "c".repeat(250));
    Links.SavedView view = Links.SavedView.of(sweep(2, longest, names("m".repeat(240), 9)));
    assertThat(view.value().length()).isLessThanOrEqualTo(5_000);
    assertThat(view.value()).contains("a".repeat(250)).contains("truthfulqa/mc1");
  }

  @Test
  void aLongComparisonIsCutAndSaysSo() {
    Links links = Links.of(sweep(240, List.of("factor"), List.of()));
    String runs = String.valueOf(links.comparison().orElseThrow().getRawFragment());
    assertThat(links.compared()).isEqualTo(50);
    assertThat(URLDecoder.decode(runs, StandardCharsets.UTF_8))
        .contains("[\"c0\",\"c1\",")
        .contains("\"c49\"]");
    assertThat(String.join("\n", links.lines(240)).concat("\n"))
        .contains(" (the first 50 of 240 cells)\n");
  }

  @Test
  void oneCellHasNothingToBeComparedWith() {
    assertThat(Links.of(sweep(1, List.of(), List.of())).lines(1))
        .noneMatch(line -> line.startsWith("Comparison"));
  }

  @Test
  void aServerThatRefusesTheViewCostsOneLink() {
    Links links = Links.of(small()).withoutView();
    assertThat(String.join("\n", links.lines(2)).concat("\n"))
        .contains("Runs: ")
        .contains("Comparison: ")
        .doesNotContain("Saved");
  }

  @ParameterizedTest
  @CsvSource({
    "https://mlflow.example.org, https://mlflow.example.org/#/",
    "https://mlflow.example.org/, https://mlflow.example.org/#/",
    "https://example.org:8443/team/mlflow/, https://example.org:8443/team/mlflow/#/",
    "https://someone:secret@example.org, https://example.org/#/",
    "http://[::1]:5000, http://[::1]:5000/#/"
  })
  void serversHavePathsAndSecrets(URI server, String start) {
    Links.SweepRuns sweep =
        new Links.SweepRuns(
            server, "7", "a0", "s", STARTED, List.of(), List.of(), List.of(), "truthfulqa/mc1");
    assertThat(Links.of(sweep).runs().toString())
        .isEqualTo(start + "experiments/7/runs?workflowType=machine_learning");
  }

  private static List<String> names(String start, int count) {
    return IntStream.range(0, count).mapToObj(i -> start + "-" + i + "-of-many").toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.textValue()));
    return texts;
  }
}
