package org.trimtab.report.figure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;

/**
 * A cell's fit with one pair of penalties.
 *
 * @param cell the cell
 * @param lambda1 weight of the absolute values
 * @param lambda2 weight of the heads' lengths
 * @param values its facts; empty for controls, which learn nothing
 * @param chosen whether the cell chose these penalties; false if it had no choice
 */
record PathPoint(
    String cell, double lambda1, double lambda2, Map<Quantity, Double> values, boolean chosen) {
  /** A fact of a fit. */
  enum Quantity {
    /** Heads that are not zero. */
    HEADS("heads alive"),
    /** The share of entries that are zero. */
    ZEROS("zeros (%)"),
    /** The loss of held-out examples. */
    VALIDATION("validation loss (nats)"),
    /** The loss of the examples with the penalty. */
    OBJECTIVE("objective (nats)");

    private final String title;

    Quantity(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** One penalty or the other. */
  double penalty(String name) {
    return name.equals(RegularisationPath.LAMBDA1) ? lambda1 : lambda2;
  }

  /** The points of a row's cells, or their paths if they chose penalties. */
  static List<PathPoint> of(TableRow row, TableMaker maker) {
    List<PathPoint> points = new ArrayList<>();
    for (String cell : row.cells()) {
      Optional<ObjectNode> facts = maker.facts(cell);
      if (facts.isPresent() && facts.get().has("path.lambda2")) {
        points.addAll(path(cell, facts.get()));
      } else if (facts.isPresent()) {
        one(cell, row, facts.get()).ifPresent(points::add);
      }
    }
    return points;
  }

  private static List<PathPoint> path(String cell, ObjectNode facts) {
    List<PathPoint> points = new ArrayList<>();
    for (int i = 0; i < facts.path("path.lambda2").size(); i++) {
      double lambda1 = facts.path("path.lambda1").path(i).asDouble();
      double lambda2 = facts.path("path.lambda2").path(i).asDouble();
      Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
      if (facts.has("heads.alive")) {
        values.put(Quantity.HEADS, facts.path("path.heads.alive").path(i).asDouble());
      }
      values.put(Quantity.ZEROS, share(facts.path("path.zeros").path(i).asDouble(), facts));
      values.put(Quantity.VALIDATION, facts.path("path.loss.validation").path(i).asDouble());
      boolean chosen =
          lambda1 == facts.path("lambda1").asDouble()
              && lambda2 == facts.path("lambda2").asDouble();
      points.add(new PathPoint(cell, lambda1, lambda2, values, chosen));
    }
    return points;
  }

  /** A cell with given penalties. */
  private static Optional<PathPoint> one(String cell, TableRow row, ObjectNode facts) {
    Optional<Double> lambda1 = FigureRows.number(row, RegularisationPath.LAMBDA1);
    Optional<Double> lambda2 = FigureRows.number(row, RegularisationPath.LAMBDA2);
    if (lambda1.isEmpty() || lambda2.isEmpty()) {
      return Optional.empty();
    }
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    if (facts.has("objective")) {
      if (facts.has("heads.alive")) {
        values.put(Quantity.HEADS, (double) facts.path("heads.alive").size());
      }
      values.put(Quantity.ZEROS, share(facts.path("zeros").asDouble(), facts));
      values.put(Quantity.OBJECTIVE, facts.path("objective").asDouble());
    }
    return Optional.of(
        new PathPoint(cell, lambda1.get(), lambda2.get(), values, /* chosen= */ false));
  }

  private static double share(double zeros, ObjectNode facts) {
    return 100 * zeros / facts.path("entries").asDouble();
  }
}
