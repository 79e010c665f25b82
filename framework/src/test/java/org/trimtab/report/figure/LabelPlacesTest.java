package org.trimtab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trimtab.report.figure.LabelPlaces.Place;

class LabelPlacesTest {
  private final LabelPlaces labels = new LabelPlaces();

  @Test
  void aLonelyPointHasItsLabelAboveOnTheRight() {
    Place place = labels.place("1.5", 0.5, 0.5).orElseThrow();
    assertThat(place.x()).isBetween(0.51, 0.54);
    assertThat(place.y()).isBetween(0.51, 0.53);
  }

  @Test
  void aCrowdedPointTakesAnotherCornerOrStaysWithoutALabel() {
    List<Place> placed = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      labels.place("-1.0", 0.5 + 0.002 * i, 0.5).ifPresent(placed::add);
    }
    assertThat(placed).hasSizeBetween(2, 6).doesNotHaveDuplicates();
    for (Place one : placed) {
      assertThat(placed)
          .filteredOn(other -> !other.equals(one))
          .allMatch(
              other ->
                  Math.abs(other.x() - one.x()) > 0.04 || Math.abs(other.y() - one.y()) > 0.03);
    }
  }

  @Test
  void noLabelCoversTheMarkOfAnotherPoint() {
    labels.keepFree(0.53, 0.52);
    Place place = labels.place("0.5", 0.5, 0.5).orElseThrow();
    assertThat(place.y()).isLessThan(0.5);
  }

  @Test
  void nothingToSayTakesNoPlace() {
    assertThat(labels.place("", 0.5, 0.5)).isEqualTo(Optional.empty());
  }
}
