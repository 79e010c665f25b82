package org.trimtab.report.folder;

import java.util.Objects;
import org.trimtab.report.ResultTable;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Report;
import org.trimtab.spec.Spec;

/** What a spec asks to be reported. */
public final class Reports {
  private static final String BASELINE = "baseline";

  private Reports() {}

  /** The main table that a spec asks for, from the journals of a result folder. */
  public static ResultTable table(ResultFolder folder, Spec spec) {
    return ResultTable.read(folder, of(spec).allTables().get(0));
  }

  /** Writes results/NAME/report as a spec asks for it, from the journals. */
  public static ReportWriter.Written write(ResultFolder folder, Spec spec) {
    return ReportWriter.write(folder, spec.model(), of(spec));
  }

  /** The spec's report, in which what names no reference is compared with the baseline. */
  private static Report of(Spec spec) {
    String baseline =
        spec.methods().values().stream()
            .filter(method -> method.declaration().name().equals(BASELINE))
            .findFirst()
            .map(MethodSpec::key)
            .orElse(BASELINE);
    return Objects.requireNonNullElse(spec.report(), Report.standard()).against(baseline);
  }
}
