package org.trimtab.track.link;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.io.Hashes;

/**
 * A view of the runs page that opens with the sweep's cells, sorted by the primary metric, with
 * factors and metrics as columns, and a parallel coordinates chart of them. It is stored as a tag
 * of the experiment. The undocumented format is that of "save as new view" in MLflow 3.17.
 *
 * @param key names the view in a link: 16 hex digits of the SHA-256 of {@code value}, so that the
 *     same view is the same tag
 * @param value the tag's value, JSON of at most 5,000 characters
 */
record SavedView(String key, String value) {
  /** Longer values are refused by the server. */
  private static final int MOST_CHARACTERS = 5_000;

  private static final int MOST_AXES = 10;
  private static final int KEY_DIGITS = 16;
  private static final JsonMapper JSON = new JsonMapper();

  /** The names shown in the view, reduced until it fits. */
  private record Shown(List<String> factors, List<String> metrics) {
    /** Drops the last of the longer list. */
    Shown less() {
      return metrics.size() >= factors.size()
          ? new Shown(factors, metrics.subList(0, metrics.size() - 1))
          : new Shown(factors.subList(0, factors.size() - 1), metrics);
    }

    int size() {
      return factors.size() + metrics.size();
    }
  }

  /**
   * The view of a sweep. The last metrics and factors are omitted until it fits: names of 250
   * characters, the longest that MLflow accepts, leave room for two.
   */
  static SavedView of(SweepRuns sweep) {
    List<String> metrics =
        Stream.concat(Stream.of(sweep.primaryMetric()), sweep.metrics().stream())
            .distinct()
            .toList();
    Shown columns = new Shown(sweep.factors(), metrics);
    Shown axes = columns;
    while (axes.size() > MOST_AXES) {
      axes = axes.less();
    }
    String value = value(sweep, columns, axes);
    while (value.length() > MOST_CHARACTERS && columns.size() > 2) {
      columns = columns.less();
      axes = columns.size() < axes.size() ? columns : axes;
      value = value(sweep, columns, axes);
    }
    return new SavedView(Hashes.text(value).substring(0, KEY_DIGITS), value);
  }

  /** The name of the tag that keeps it. */
  String tag() {
    return "mlflow.sharedViewState." + key;
  }

  private static String value(SweepRuns sweep, Shown columns, Shown axes) {
    long started = sweep.started().toEpochMilli();
    return JSON.createObjectNode()
        .put("name", "Cells of " + sweep.name())
        .put("createdAt", started)
        .put("updatedAt", started)
        .put("state", state(sweep, columns, axes).toString())
        .toString();
  }

  private static ObjectNode state(SweepRuns sweep, Shown columns, Shown axes) {
    ObjectNode state =
        JSON.createObjectNode()
            .put("searchFilter", "tags.`mlflow.parentRunId` = '" + sweep.run() + "'")
            .put("orderByKey", metric(sweep.primaryMetric()))
            .put("orderByAsc", false)
            .put("startTime", "ALL")
            .put("lifecycleFilter", "Active")
            .put("modelVersionFilter", "All Runs");
    state.putArray("datasetsFilter");
    ArrayNode selected = state.putArray("selectedColumns");
    columns.factors().forEach(name -> selected.add("params.`" + name + "`"));
    columns.metrics().forEach(name -> selected.add(metric(name)));
    // Otherwise only ten runs are drawn.
    state.put("runsHiddenMode", "SHOW_ALL");
    // Otherwise the section of the chart, sorted by name, is below those of single metrics.
    state.put("isAccordionReordered", true);
    state.putArray("compareRunCharts").add(chart(axes));
    state.putArray("compareRunSections").add(section());
    return state;
  }

  /** The chart colours its lines by the last axis: the primary metric. */
  private static ObjectNode chart(Shown axes) {
    ObjectNode chart =
        JSON.createObjectNode()
            .put("type", "PARALLEL")
            .put("uuid", "factors")
            .put("metricSectionId", "factors")
            .put("deleted", false)
            .put("isGenerated", false)
            .put("showAllRuns", false);
    ArrayNode params = chart.putArray("selectedParams");
    axes.factors().forEach(params::add);
    List<String> metrics = new ArrayList<>(axes.metrics());
    metrics.add(metrics.remove(0));
    ArrayNode scores = chart.putArray("selectedMetrics");
    metrics.forEach(scores::add);
    return chart;
  }

  private static ObjectNode section() {
    return JSON.createObjectNode()
        .put("uuid", "factors")
        .put("name", "Factors and scores")
        .put("display", true)
        .put("isReordered", true)
        .put("deleted", false)
        .put("isGenerated", false)
        .put("columns", 1);
  }

  private static String metric(String name) {
    return "metrics.`" + name + "`";
  }
}
