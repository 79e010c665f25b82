package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.report.TableMaker;
import org.trimtab.spec.FigureKind;

/** Makes figures of results. */
public final class Figures {
  private Figures() {}

  /**
   * The content of a figure; evaluations with the metric are drawn below each other.
   *
   * @throws NoDataException when the results hold nothing to draw, with the reason
   */
  public static FigureData data(TableMaker maker, FigureOptions options) throws NoDataException {
    List<FigureData> parts = new ArrayList<>();
    List<String> without = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    Set<Set<String>> fits = new HashSet<>();
    Figure figure = of(options.kind());
    for (FigureRows rows : FigureRows.of(maker, options)) {
      if (figure.ofFits() && !fits.add(rows.cells())) {
        continue; // the same vectors, scored once more
      }
      try {
        parts.add(figure.of(rows, options, maker));
      } catch (NoDataException e) {
        String reason = String.valueOf(e.getMessage());
        reasons.add(reason);
        without.add(rows.inPart(reason));
      }
    }
    if (parts.isEmpty()) {
      throw new NoDataException(String.join("; ", reasons.size() == 1 ? reasons : without));
    }
    return FigureData.below(parts).noting(without);
  }

  /** The figure of a kind: the class of this package with its name in camel case. */
  static Figure of(FigureKind kind) {
    String name =
        Arrays.stream(kind.text().split("-"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    try {
      return Class.forName(Figures.class.getPackageName() + "." + name)
          .asSubclass(Figure.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the figure " + kind.text() + " has no class " + name, e);
    }
  }
}
