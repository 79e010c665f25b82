package org.trimtab.report.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.run.ResultFolder;

/** The journals that a report is made from. */
final class Journals {
  private Journals() {}

  /** SHA-256 (hex) of every journal of a plan that is there, by cell id. */
  static Map<String, String> hashes(ResultFolder folder, Plan plan) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      Path journal = folder.cell(cell.id()).journal();
      if (Files.exists(journal)) {
        hashes.put(cell.id(), sha256(journal));
      }
    }
    return hashes;
  }

  private static String sha256(Path file) {
    try {
      return Hashes.file(file);
    } catch (IOException e) {
      throw new UserException("cannot read the journal " + file + " (" + e + ")", e);
    }
  }
}
