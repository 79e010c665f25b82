package org.trimtab.report.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.Interval;
import org.trimtab.report.figure.FigureLine;
import org.trimtab.report.figure.FigurePanel;
import org.trimtab.report.figure.FigurePoint;
import org.trimtab.report.reading.Reading.Heads;
import org.trimtab.report.reading.Reading.Shuffled;
import org.trimtab.report.reading.Reading.State;

/** The figures of a reading. */
final class ReadingFigures {
  static final String SEPARATION = "separation";
  static final String COSINES = "cosines";
  static final String HEADS = "heads";

  private static final String SHUFFLED = "shuffled labels";

  private final Reading reading;
  private final List<String> cells;

  private ReadingFigures(Reading reading) {
    this.reading = reading;
    this.cells = List.of(reading.subject().cell());
  }

  /** Panels with their caption. */
  record Content(String caption, List<List<FigurePanel>> rows) {}

  /** The figures by the name of their files. */
  static Map<String, Content> of(Reading reading) {
    ReadingFigures figures = new ReadingFigures(reading);
    Map<String, Content> all = new LinkedHashMap<>();
    all.put(SEPARATION, figures.separation());
    all.put(COSINES, figures.cosines());
    if (!reading.heads().isEmpty()) {
      all.put(HEADS, figures.heads());
    }
    return all;
  }

  private Content separation() {
    List<FigureLine> auc = new ArrayList<>();
    auc.add(
        line(
            "own direction",
            FigureLine.Role.TREATMENT,
            state -> point(state, state.own().auc(), state.own().interval())));
    FigureLine cell =
        line(
            "cell's direction",
            FigureLine.Role.TREATMENT,
            state ->
                state.cell() == null
                    ? null
                    : point(state, state.cell().auc(), state.cell().interval()));
    if (!cell.points().isEmpty()) {
      auc.add(cell);
    }
    auc.add(line(SHUFFLED, FigureLine.Role.CONTROL, state -> point(state, state.shuffled())));
    List<FigureLine> agreement =
        List.of(
            line(
                "own direction",
                FigureLine.Role.TREATMENT,
                state -> point(state, state.agreement().agreement(), null)),
            line(
                SHUFFLED,
                FigureLine.Role.CONTROL,
                state -> point(state, state.agreement().shuffled())));
    return new Content(
        "AUC of held-out lines along directions of hidden states, with 95 % intervals, and agreement of the lines; bars of shuffled labels hold 95 % of permutations",
        List.of(
            List.of(panel(FigurePanel.Form.LINES, "hidden state", "AUC", auc)),
            List.of(panel(FigurePanel.Form.LINES, "hidden state", "agreement", agreement))));
  }

  private FigureLine line(
      String label, FigureLine.Role role, Function<State, @Nullable FigurePoint> point) {
    List<FigurePoint> points = new ArrayList<>();
    for (State state : reading.states()) {
      FigurePoint made = point.apply(state);
      if (made != null) {
        points.add(made);
      }
    }
    return new FigureLine(label, role, true, points);
  }

  private FigurePoint point(State state, Shuffled shuffled) {
    return point(state, shuffled.mean(), new Interval(shuffled.low(), shuffled.high()));
  }

  private FigurePoint point(State state, double value, @Nullable Interval interval) {
    return new FigurePoint(state.state(), value, null, interval, 0, "", cells);
  }

  private FigurePoint field(double x, double y) {
    return new FigurePoint(x, y, null, null, 0, "", cells);
  }

  private static FigurePanel panel(
      FigurePanel.Form form, String xTitle, String yTitle, List<FigureLine> lines) {
    return new FigurePanel(form, "", xTitle, yTitle, lines);
  }

  private Content cosines() {
    List<FigureLine> lines = new ArrayList<>();
    for (int i = 0; i < reading.states().size(); i++) {
      List<Double> row = reading.cosines().get(i);
      List<FigurePoint> points =
          IntStream.range(0, row.size())
              .mapToObj(j -> field(reading.states().get(j).state(), row.get(j)))
              .toList();
      String label = Integer.toString(reading.states().get(i).state());
      lines.add(new FigureLine(label, FigureLine.Role.TREATMENT, false, points));
    }
    return new Content(
        "Cosines between the directions of hidden states",
        List.of(List.of(panel(FigurePanel.Form.COSINES, "hidden state", "hidden state", lines))));
  }

  private Content heads() {
    List<FigureLine> lines = new ArrayList<>();
    for (int head = 0; head < reading.heads().get(0).shares().size(); head++) {
      int own = head;
      List<FigurePoint> points = new ArrayList<>();
      for (Heads heads : reading.heads()) {
        points.add(field(heads.layer(), heads.shares().get(own)));
      }
      lines.add(new FigureLine("head " + head, FigureLine.Role.TREATMENT, false, points));
    }
    return new Content(
        "Share of each head in what its block writes along the cell's direction",
        List.of(
            List.of(panel(FigurePanel.Form.HEAT_MAP, "layer (0-based)", "head (0-based)", lines))));
  }
}
