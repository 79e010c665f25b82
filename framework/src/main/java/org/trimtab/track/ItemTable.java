package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.spec.ItemRoles;

/**
 * Items as MLflow compares them between runs: {@code {"columns": [...], "data": [[...]]}}. Its page
 * groups rows by the first column and compares the second, so the question and the answer come
 * first where an item has them; otherwise the item's id.
 */
final class ItemTable {
  private static final String ITEM = "item";

  private ItemTable() {}

  /** The table of some results, one row per item in ascending order. */
  static ObjectNode of(ItemRoles roles, List<ItemResult> results) {
    List<ItemResult> sorted =
        results.stream().sorted(Comparator.comparingInt(ItemResult::item)).toList();
    Set<String> scores = new LinkedHashSet<>();
    Set<String> details = new LinkedHashSet<>();
    for (ItemResult result : sorted) {
      scores.addAll(result.scores().keySet());
      result.details().fieldNames().forEachRemaining(details::add);
    }
    List<String> texts = new ArrayList<>();
    roles.texts().stream().filter(details::contains).forEach(texts::add);
    details.removeAll(texts);

    ObjectNode table = JsonNodeFactory.instance.objectNode();
    ArrayNode columns = table.putArray("columns");
    texts.forEach(columns::add);
    columns.add(ITEM);
    scores.forEach(columns::add);
    details.forEach(name -> columns.add(scores.contains(name) ? "details." + name : name));
    ArrayNode data = table.putArray("data");
    for (ItemResult result : sorted) {
      ArrayNode row = data.addArray();
      texts.forEach(name -> row.add(scalar(result.details().path(name))));
      row.add(result.item());
      scores.forEach(name -> row.add(result.scores().get(name)));
      details.forEach(name -> row.add(scalar(result.details().path(name))));
    }
    return table;
  }

  /** Cells hold numbers and texts; nested values are shown as JSON. */
  private static JsonNode scalar(JsonNode value) {
    if (value.isMissingNode()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return value.isContainerNode() ? JsonNodeFactory.instance.textNode(value.toString()) : value;
  }
}
