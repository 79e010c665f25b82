package org.trimtab.run.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;

/** Collects the deviations between two sets of results, and keeps the largest. */
final class Deviations {
  private static final int KEPT = 10;
  private static final String NOT_THERE = "not there";

  private final List<Deviation> largest = new ArrayList<>();
  private int values;
  private int differing;

  /** The largest ones, in descending order. */
  List<Deviation> largest() {
    return largest;
  }

  /** The values that were compared. */
  int values() {
    return values;
  }

  /** The number of values that differ. */
  int differing() {
    return differing;
  }

  /** Compares an item's results, one of which may be missing. */
  void item(int item, @Nullable ItemResult was, @Nullable ItemResult is) {
    if (was == null || is == null) {
      values++;
      String before = was == null ? NOT_THERE : "there";
      add(Deviation.other(item, "result", before, is == null ? NOT_THERE : "there"));
      return;
    }
    compare(item, Leaves.of(was.details()), Leaves.of(is.details()));
    compare(item, nodes("scores.", was.scores()), nodes("scores.", is.scores()));
  }

  /** Compares metrics over all items. */
  void metrics(Map<String, Double> was, Map<String, Double> is) {
    compare(null, nodes("", was), nodes("", is));
  }

  private static Map<String, JsonNode> nodes(String prefix, Map<String, Double> numbers) {
    Map<String, JsonNode> nodes = new TreeMap<>();
    numbers.forEach((name, value) -> nodes.put(prefix + name, DoubleNode.valueOf(value)));
    return nodes;
  }

  private void compare(
      @Nullable Integer item, Map<String, JsonNode> was, Map<String, JsonNode> is) {
    Set<String> places = new TreeSet<>(was.keySet());
    places.addAll(is.keySet());
    for (String place : places) {
      values++;
      JsonNode before = was.get(place);
      JsonNode after = is.get(place);
      if (before != null && after != null && before.isNumber() && after.isNumber()) {
        if (Double.compare(before.doubleValue(), after.doubleValue()) != 0) {
          add(Deviation.of(item, place, before.doubleValue(), after.doubleValue()));
        }
      } else if (before == null || !before.equals(after)) {
        add(Deviation.other(item, place, shown(before), shown(after)));
      }
    }
  }

  private static String shown(@Nullable JsonNode node) {
    return node == null ? NOT_THERE : node.toString();
  }

  private void add(Deviation deviation) {
    differing++;
    largest.add(deviation);
    largest.sort(Comparator.comparingDouble(Deviation::size).reversed());
    if (largest.size() > KEPT) {
      largest.remove(KEPT);
    }
  }
}
