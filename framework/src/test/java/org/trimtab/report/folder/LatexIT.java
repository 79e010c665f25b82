package org.trimtab.report.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.run.ResultFolder;

/** The LaTeX tables compile, where there is a pdflatex. */
class LatexIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void tablesCompileAndFitTheLine() throws Exception {
    assumeTrue(
        hasLatex(), "there is no pdflatex (apt-get install texlive-latex-recommended brings it)");
    ResultFolder results = SampleReport.write(folder);
    Path document =
        Files.writeString(
            folder.resolve("document.tex"),
            """
            \\documentclass{article}
            \\usepackage[T1]{fontenc}
            \\usepackage{booktabs}
            \\usepackage{graphicx}
            \\begin{document}
            \\input{%1$s/table.tex}
            \\input{%1$s/folds.tex}
            \\end{document}
            """
                .formatted(results.report()));

    Process latex =
        new ProcessBuilder(
                "pdflatex", "-interaction=nonstopmode", "-halt-on-error", document.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();

    assertThat(latex.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(folder.resolve("output.txt"))
        .content()
        .contains("Output written on document.pdf")
        .doesNotContain("Overfull \\hbox");
    assertThat(latex.exitValue()).isZero();
  }

  private static boolean hasLatex() throws InterruptedException {
    try {
      return new ProcessBuilder("pdflatex", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
