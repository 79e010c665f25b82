package org.trimtab.report.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.FigureFiles;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.reading.Readings;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Report;

/** Writes results/NAME/report: tables, figures, their sidecars and index.md. */
public final class ReportWriter {
  private static final List<String> SUFFIXES =
      List.of("md", "csv", "tex", "json", "svg", "png", "mlflow");

  private final ResultFolder folder;
  private final String model;
  private final Report report;
  private final ReportMaker maker;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  private ReportWriter(ResultFolder folder, String model, Report report) {
    this.folder = folder;
    this.model = model;
    this.report = report;
    this.maker = new ReportMaker(folder);
  }

  /**
   * What was written.
   *
   * @param index the page to begin with
   * @param files the names of all files
   * @param leftOut a line for each figure that was left out, with the reason
   */
  public record Written(Path index, List<String> files, List<String> leftOut) {}

  /**
   * Makes the report anew from the journals. A figure for which the results have no data is left
   * out.
   *
   * @param model the model's name, for captions
   * @throws UserException when nothing ran yet, a journal is damaged, a column names nothing
   *     measured, or the disk refuses
   */
  public static Written write(ResultFolder folder, String model, Report report) {
    return new ReportWriter(folder, model, report).write();
  }

  private Written write() {
    ReportIndex index = new ReportIndex(maker.tables().plan());
    for (Report.Table table : report.allTables()) {
      Map<String, String> texts = maker.table(table, model);
      texts.forEach(
          (suffix, text) -> files.put(file(table.name(), suffix), ReportMaker.bytes(text)));
      index.table(table.name(), texts.getOrDefault("md", ""));
    }
    @Nullable String metric = report.allTables().get(0).columns().stream().findFirst().orElse(null);
    for (Report.Figure figure : report.allFigures()) {
      figure(figure, metric, index);
    }
    for (String section : List.of(ReportMaker.COSTS, ReportMaker.TEXTS)) {
      Map<String, String> texts = maker.section(section, report.allTables().get(0), model);
      texts.forEach((suffix, text) -> files.put(file(section, suffix), ReportMaker.bytes(text)));
      index.section(section, texts.keySet());
    }
    new Readings(folder).section(maker.tables().plan()).ifPresent(index::readings);
    files.put("index.md", ReportMaker.bytes(index.text(leftOut)));
    folder.writeReport(files, stale());
    return new Written(
        folder.report().resolve("index.md"), List.copyOf(files.keySet()), List.copyOf(leftOut));
  }

  /** Tables for MLflow have a folder of their own: they are JSON, and so are sidecars. */
  private static String file(String name, String suffix) {
    return suffix.equals("mlflow") ? ResultFolder.mlflowTable(name) : name + "." + suffix;
  }

  private void figure(Report.Figure figure, @Nullable String metric, ReportIndex index) {
    String name = figure.fileName();
    try {
      FigureData data = maker.figure(figure, metric);
      FigureFiles.of(data).forEach((suffix, content) -> files.put(name + "." + suffix, content));
      files.put(name + ".json", ReportMaker.bytes(maker.sidecar(data, model, metric)));
      index.figure(data);
    } catch (LeftOutException e) {
      leftOut.add("Figure " + name + " is left out: " + e.getMessage() + ".");
    }
  }

  /** Files of tables and figures that an earlier report had: each has a sidecar. */
  private List<String> stale() {
    List<String> stale = new ArrayList<>();
    if (!Files.isDirectory(folder.report())) {
      return stale;
    }
    try (DirectoryStream<Path> sidecars = Files.newDirectoryStream(folder.report(), "*.json")) {
      for (Path sidecar : sidecars) {
        String file = String.valueOf(sidecar.getFileName());
        String name = file.substring(0, file.lastIndexOf('.'));
        SUFFIXES.stream()
            .map(suffix -> file(name, suffix))
            .filter(each -> !files.containsKey(each))
            .forEach(stale::add);
      }
    } catch (IOException e) {
      throw new UserException("cannot read the folder " + folder.report() + " (" + e + ")", e);
    }
    return stale;
  }
}
