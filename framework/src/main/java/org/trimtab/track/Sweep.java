package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.run.FlatSettings;
import org.trimtab.run.ResultFolder;

/**
 * The common data of all cells of a results folder.
 *
 * @param folder results/NAME
 * @param plan the plan of the latest run
 * @param model the model's name in the spec
 * @param settings every key of any method's settings: the params of all cells
 * @param reported the metrics of the spec's main table; empty when it names none
 */
record Sweep(
    ResultFolder folder, Plan plan, String model, List<String> settings, List<String> reported) {
  /**
   * Reads plan.json and spec.yaml.
   *
   * @throws org.trimtab.UserException when there is no plan
   */
  static Sweep read(ResultFolder folder) {
    Plan plan = folder.plan();
    JsonNode spec = spec(folder);
    return new Sweep(
        folder,
        plan,
        spec.path("model").asText(CellParams.NONE),
        FlatSettings.keys(plan.cells()),
        texts(spec.at("/report/table/columns")));
  }

  /** Without a spec, the weights' hash names the model. */
  private static JsonNode spec(ResultFolder folder) {
    try {
      return new YAMLMapper().readTree(Files.readString(folder.specFile()));
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  String key() {
    return "sweep/" + plan.name();
  }

  static String key(Cell cell) {
    return "cell/" + cell.id();
  }
}
