package org.trimtab.track.link;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trimtab.UserException;

/**
 * Links to a sweep in the MLflow UI; printed at the end of a run.
 *
 * @param runs the experiment's runs; + beside the sweep's run opens its cells
 * @param comparison the cells side by side, with parallel coordinates; absent below two cells
 * @param compared the number of compared cells: the first 50 at most, to keep the address short
 * @param view the cells as a saved view, with factors and metrics as columns and in parallel
 *     coordinates; absent if the server did not accept it
 */
public record Links(URI runs, Optional<URI> comparison, int compared, Optional<URI> view) {
  private static final int MOST_COMPARED = 50;

  /**
   * The links of a sweep; saves its view as a tag of the experiment. The same sweep gives the same
   * tag and links.
   */
  public static Links of(SweepRuns sweep, TagWriter tags) {
    List<String> compared = sweep.cells().subList(0, Math.min(sweep.cells().size(), MOST_COMPARED));
    return new Links(
        runsPage(sweep.server(), sweep.experiment()).uri(),
        compared.size() < 2 ? Optional.empty() : Optional.of(comparison(sweep, compared)),
        compared.size(),
        savedView(sweep, tags));
  }

  /**
   * A line for each link.
   *
   * @param cells how many cells there are
   */
  public List<String> lines(int cells) {
    List<String> lines = new ArrayList<>();
    lines.add("Runs:       " + runs);
    String part = compared < cells ? " (the first " + compared + " of " + cells + " cells)" : "";
    comparison.ifPresent(uri -> lines.add("Comparison: " + uri + part));
    view.ifPresent(uri -> lines.add("Saved view: " + uri));
    return lines;
  }

  /** The page with all runs of an experiment. */
  public static URI runs(URI server, String experiment) {
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

  /** The format is undocumented, so a server that refuses it is not an error. */
  private static Optional<URI> savedView(SweepRuns sweep, TagWriter tags) {
    SavedView view = SavedView.of(sweep);
    try {
      tags.write(view.tag(), view.value());
    } catch (UserException e) {
      System.getLogger(Links.class.getName())
          .log(System.Logger.Level.DEBUG, "the view is not saved", e);
      return Optional.empty();
    }
    return Optional.of(
        runsPage(sweep.server(), sweep.experiment())
            .with("compareRunsMode", "CHART")
            .with("viewStateShareKey", view.key())
            .uri());
  }

  /** Ids are digits and letters: nothing to escape. */
  private static String array(List<String> ids) {
    return ids.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]"));
  }
}
