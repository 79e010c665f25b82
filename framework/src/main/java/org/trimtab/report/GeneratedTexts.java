package org.trimtab.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.ItemRoles;

/**
 * What the rows of a table wrote to the prompts of one evaluation. Of several seeds it is the text
 * of the first, of folds that of the cell which was given the prompt.
 *
 * @param evaluation the evaluation's name in the spec
 * @param dataset where the prompts come from
 * @param prompts the prompts, by item
 * @param reference what the row wrote that the others are compared with, by item
 * @param rows the other rows that wrote something, in the order of the table
 */
public record GeneratedTexts(
    String evaluation,
    String dataset,
    SortedMap<Integer, String> prompts,
    Map<Integer, String> reference,
    List<Row> rows) {

  /**
   * A row.
   *
   * @param label the method with the settings that tell its rows apart
   * @param cells the ids of its cells
   * @param texts what it wrote, by item
   */
  public record Row(String label, List<String> cells, Map<Integer, String> texts) {}

  /** The texts of every evaluation that keeps some, from the journals of cells that are done. */
  public static List<GeneratedTexts> read(ResultFolder folder, Plan plan, ResultTable table) {
    List<GeneratedTexts> all = new ArrayList<>();
    for (PlannedEvaluation planned : plan.evaluations()) {
      ItemRoles roles = plan.measurement(planned).roles();
      if (roles.generated() != null) {
        all.add(new Reader(folder, plan, planned, roles).read(table));
      }
    }
    return all;
  }

  private static final class Reader {
    private final ResultFolder folder;
    private final Map<String, Cell> cells = new HashMap<>();
    private final PlannedEvaluation planned;
    private final ItemRoles roles;
    private final TreeMap<Integer, String> prompts = new TreeMap<>();

    Reader(ResultFolder folder, Plan plan, PlannedEvaluation planned, ItemRoles roles) {
      this.folder = folder;
      this.planned = planned;
      this.roles = roles;
      plan.scoredBy(planned).forEach(cell -> cells.put(cell.id(), cell));
    }

    GeneratedTexts read(ResultTable table) {
      Map<Integer, String> reference = new TreeMap<>();
      List<Row> rows = new ArrayList<>();
      for (TableRow row : table.rows()) {
        Map<Integer, String> texts = texts(row);
        if (row.key().equals(table.against())) {
          texts.forEach(reference::putIfAbsent);
        } else if (!texts.isEmpty()) {
          rows.add(new Row(label(row, table.factors()), row.cells(), texts));
        }
      }
      return new GeneratedTexts(planned.name(), planned.dataset(), prompts, reference, rows);
    }

    private Map<Integer, String> texts(TableRow row) {
      Map<Integer, String> texts = new TreeMap<>();
      for (String id : row.cells()) {
        @Nullable Cell cell = row.values().isEmpty() ? null : cells.get(id);
        if (cell != null) {
          folder.journal(cell).stream()
              .flatMap(journal -> journal.results(planned.name()).stream())
              .forEach(result -> keep(result, texts));
        }
      }
      return texts;
    }

    private void keep(ItemResult result, Map<Integer, String> texts) {
      String prompt = result.details().path(roles.question()).asText();
      prompts.putIfAbsent(result.item(), prompt);
      texts.putIfAbsent(result.item(), result.details().path(roles.generated()).asText());
    }

    private static String label(TableRow row, List<String> factors) {
      List<String> parts = new ArrayList<>(List.of(row.key()));
      for (String factor : factors) {
        String value = row.settings().get(factor);
        if (value != null) {
          parts.add(factor.substring(factor.lastIndexOf('.') + 1) + "=" + value);
        }
      }
      return String.join(", ", parts);
    }
  }
}
