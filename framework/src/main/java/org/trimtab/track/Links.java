package org.trimtab.track;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.io.Hashes;
import org.trimtab.io.Json;

/**
 * Links to a sweep in the MLflow UI; printed at the end of a run.
 *
 * @param runs the experiment's runs; + beside the sweep's run opens its cells
 * @param comparison the cells side by side, with parallel coordinates; absent below two cells
 * @param compared the number of compared cells: the first 50 at most, to keep the address short
 * @param view the cells as a saved view, with factors and metrics as columns and in parallel
 *     coordinates; absent if the server did not accept it
 */
record Links(URI runs, Optional<URI> comparison, int compared, Optional<URI> view) {
  private static final int MOST_COMPARED = 50;

  /** The links of a sweep whose {@link SavedView} the server has. */
  static Links of(SweepRuns sweep) {
    List<String> compared = sweep.cells().subList(0, Math.min(sweep.cells().size(), MOST_COMPARED));
    return new Links(
        runsPage(sweep.server(), sweep.experiment()).uri(),
        compared.size() < 2 ? Optional.empty() : Optional.of(comparison(sweep, compared)),
        compared.size(),
        Optional.of(
            runsPage(sweep.server(), sweep.experiment())
                .with("compareRunsMode", "CHART")
                .with("viewStateShareKey", SavedView.of(sweep).key())
                .uri()));
  }

  /** The links without the saved view, whose format is undocumented: a server may refuse it. */
  Links withoutView() {
    return new Links(runs, comparison, compared, Optional.empty());
  }

  /**
   * A line for each link.
   *
   * @param cells how many cells there are
   */
  List<String> lines(int cells) {
    List<String> lines = new ArrayList<>();
    lines.add("Runs:       " + runs);
    String part = compared < cells ? " (the first " + compared + " of " + cells + " cells)" : "";
    comparison.ifPresent(uri -> lines.add("Comparison: " + uri + part));
    view.ifPresent(uri -> lines.add("Saved view: " + uri));
    return lines;
  }

  /** The page with all runs of an experiment. */
  static URI runs(URI server, String experiment) {
    return runsPage(server, experiment).uri();
  }

  private static PageAddress runsPage(URI server, String experiment) {
    return new PageAddress(server, "experiments/" + experiment + "/runs");
  }

  private static URI comparison(SweepRuns sweep, List<String> cells) {
    return new PageAddress(sweep.server(), "compare-runs")
        .with("runs", array(cells))
        .with("experiments", array(List.of(sweep.experiment())))
        .uri();
  }

  /** Ids are digits and letters: nothing to escape. */
  private static String array(List<String> ids) {
    return ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * A sweep in MLflow.
   *
   * @param server the server's address, with a path if it has one; without a user
   * @param experiment the experiment's id
   * @param run the id of the sweep's own run, the parent of its cells
   * @param name the sweep's name
   * @param started when it started, as shown by the saved view
   * @param cells the ids of the cells' runs, the most interesting first
   * @param factors parameters that differ between cells, numbers or text, the most interesting
   *     first
   * @param metrics metrics of the cells, the most interesting first
   * @param primaryMetric the main metric; may be one of {@code metrics}
   */
  record SweepRuns(
      URI server,
      String experiment,
      String run,
      String name,
      Instant started,
      List<String> cells,
      List<String> factors,
      List<String> metrics,
      String primaryMetric) {
    /** Copies the lists. */
    public SweepRuns {
      cells = List.copyOf(cells);
      factors = List.copyOf(factors);
      metrics = List.copyOf(metrics);
    }
  }

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
      return Json.object()
          .put("name", "Cells of " + sweep.name())
          .put("createdAt", started)
          .put("updatedAt", started)
          .put("state", state(sweep, columns, axes).toString())
          .toString();
    }

    private static ObjectNode state(SweepRuns sweep, Shown columns, Shown axes) {
      ObjectNode state =
          Json.object()
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
          Json.object()
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
      return Json.object()
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

  /**
   * Builds the address of a page of the MLflow UI. Every link asks for {@code
   * workflowType=machine_learning}, because MLflow 3.17 otherwise opens experiments in its mode for
   * language model traces, which does not show runs. It comes last: the page that compares runs
   * finds them only as its first parameter.
   */
  private static final class PageAddress {
    private final StringBuilder text;
    private char separator = '?';

    /**
     * Begins an address.
     *
     * @param page the page within the UI, such as {@code experiments/1/runs}
     */
    PageAddress(URI server, String page) {
      String port = server.getPort() < 0 ? "" : ":" + server.getPort();
      String path = server.getRawPath() == null ? "" : server.getRawPath().replaceAll("/+$", "");
      this.text =
          new StringBuilder(server.getScheme() + "://" + server.getHost() + port + path)
              .append("/#/")
              .append(page);
    }

    /** Adds a parameter; its value is percent-encoded. */
    PageAddress with(String name, String value) {
      String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
      text.append(separator).append(name).append('=').append(encoded);
      separator = '&';
      return this;
    }

    URI uri() {
      return URI.create(text + (separator + "workflowType=machine_learning"));
    }
  }
}
