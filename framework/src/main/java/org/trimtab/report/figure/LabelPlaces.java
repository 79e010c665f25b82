package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Places labels of points so that they do not overlap; all sizes are shares of the plot. */
final class LabelPlaces {
  private static final double LETTER = 0.011;
  private static final double HEIGHT = 0.035;
  private static final double MARK = 0.008;
  private static final double AWAY = 0.022;
  private static final int[][] CORNERS = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};

  private final List<Box> taken = new ArrayList<>();

  /** The middle of a label. */
  record Place(double x, double y) {}

  private record Box(double x, double y, double width, double height) {
    boolean covers(Box other) {
      return Math.abs(x - other.x) < (width + other.width) / 2
          && Math.abs(y - other.y) < (height + other.height) / 2;
    }
  }

  /** Keeps labels off a point's mark. */
  void keepFree(double x, double y) {
    taken.add(new Box(x, y, MARK, MARK));
  }

  /** Takes a corner of a point for its label; empty if all are taken or the label is empty. */
  Optional<Place> place(String label, double x, double y) {
    if (label.isEmpty()) {
      return Optional.empty();
    }
    double width = LETTER * label.length();
    for (int[] corner : CORNERS) {
      double middle = x + corner[0] * (AWAY - LETTER + width / 2);
      Box box = new Box(middle, y + corner[1] * AWAY, width, HEIGHT);
      if (taken.stream().noneMatch(box::covers)) {
        taken.add(box);
        return Optional.of(new Place(box.x(), box.y()));
      }
    }
    return Optional.empty();
  }
}
