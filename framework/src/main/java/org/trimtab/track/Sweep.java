package org.trimtab.track;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.trimtab.experiment.FlatSettings;
import org.trimtab.experiment.ResultFolder;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * What all cells of a results folder share.
 *
 * @param folder results/NAME
 * @param plan the plan of the latest run
 * @param model the model's name in the spec
 * @param settings every key of any method's settings: the params of all cells
 */
record Sweep(ResultFolder folder, Plan plan, String model, List<String> settings) {
  /**
   * Reads plan.json and spec.yaml.
   *
   * @throws org.trimtab.UserException when there is no plan
   */
  static Sweep read(ResultFolder folder) {
    Plan plan = folder.plan();
    return new Sweep(folder, plan, model(folder), FlatSettings.keys(plan.cells()));
  }

  private static String model(ResultFolder folder) {
    try {
      return new YAMLMapper()
          .readTree(Files.readString(folder.specFile()))
          .path("model")
          .asText(CellParams.NONE);
    } catch (IOException e) {
      // Results without a spec are still results; the weights' hash names the model.
      return CellParams.NONE;
    }
  }

  String key() {
    return "sweep/" + plan.name();
  }

  static String key(Cell cell) {
    return "cell/" + cell.id();
  }
}
