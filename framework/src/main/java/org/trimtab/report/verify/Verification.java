package org.trimtab.report.verify;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.Release;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.io.InputFile;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.folder.ReportIndex;
import org.trimtab.report.folder.ReportMaker;
import org.trimtab.report.folder.Sidecar;
import org.trimtab.report.reading.Readings;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Report;

/**
 * Computes a report again: item scores to metrics, metrics to tables and figures, all of it from
 * journals. A file is checked by the sidecar of its name, which defines it.
 */
public final class Verification {
  private static final List<String> TABLE_FILES = List.of("md", "csv", "tex");

  private final ResultFolder folder;
  private final Path report;
  private final ReportMaker maker;
  private final List<Mismatch> findings = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  private Verification(ResultFolder folder, Path report) {
    this.folder = folder;
    this.report = report;
    this.maker = new ReportMaker(folder);
  }

  /** Computes the metrics of an evaluation from its items, as its evaluator does. */
  @FunctionalInterface
  public interface ItemMetrics {
    /** The metrics, without the evaluation's prefix. */
    Map<String, Double> of(PlannedEvaluation planned, List<ItemResult> results);
  }

  /**
   * A number or text that is not what the journals give.
   *
   * @param file the file
   * @param place where in it: row and column, or line
   * @param difference what stands there, what was computed, and how far they are apart
   */
  public record Mismatch(Path file, String place, String difference) {
    @Override
    public String toString() {
      return file + ": " + place + ": " + difference;
    }
  }

  /**
   * What was checked.
   *
   * @param metrics metrics in journals that were computed again from items
   * @param files the report's files that were computed again
   * @param unchecked the report's other files, such as pictures; empty where one file was named
   * @param findings what differs
   */
  public record Outcome(
      int metrics, List<Path> files, List<Path> unchecked, List<Mismatch> findings) {}

  /**
   * Verifies a result folder: its journals, and what of its report is named.
   *
   * @param named a file of the report, or any folder for the whole report
   * @throws UserException when a journal is damaged or a sidecar cannot be read
   */
  public static Outcome of(ResultFolder folder, Path named, ItemMetrics metrics) {
    Path absolute = named.toAbsolutePath().normalize();
    boolean reading = absolute.startsWith(folder.readings().toAbsolutePath().normalize());
    boolean one = !reading && Files.isRegularFile(named);
    Path report = one ? named.toAbsolutePath().normalize().getParent() : folder.report();
    Verification verification = new Verification(folder, report == null ? folder.report() : report);
    JournalCheck journals = new JournalCheck(folder, metrics);
    Plan plan = folder.plan();
    journals.run(plan);
    List<Path> unchecked = List.of();
    if (one) {
      verification.one(named);
    } else {
      verification.readings(plan, absolute, reading);
      if (!reading) {
        verification.all();
        verification.section(plan);
        unchecked = verification.others();
      }
    }
    List<Mismatch> all = new ArrayList<>(journals.findings());
    all.addAll(verification.findings);
    return new Outcome(journals.checked(), verification.files, unchecked, all);
  }

  private void one(Path file) {
    String name = String.valueOf(file.getFileName());
    String suffix = name.substring(name.lastIndexOf('.') + 1);
    if (!TABLE_FILES.contains(suffix) && !suffix.equals("json")) {
      throw new UsageException(
          file + " is no table: name a file that ends in .md, .csv, .tex or .json, or a folder");
    }
    String base = name.substring(0, name.lastIndexOf('.'));
    if (base.equals("index")) {
      all();
    } else {
      sidecar(base, List.of(suffix));
    }
  }

  private void all() {
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(report)) {
      try (DirectoryStream<Path> sidecars = Files.newDirectoryStream(report, "*.json")) {
        sidecars.forEach(file -> names.add(String.valueOf(file.getFileName())));
      } catch (IOException e) {
        throw new UserException("cannot read the folder " + report + " (" + e + ")", e);
      }
    }
    if (names.isEmpty()) {
      throw new UserException(
          "there is no report in " + report + ": make it with ./run report " + folder.path());
    }
    names.sort(null);
    for (String name : names) {
      sidecar(name.substring(0, name.lastIndexOf('.')), TABLE_FILES);
    }
  }

  /** The files of the report that were not computed again, in the order of their names. */
  private List<Path> others() {
    Set<Path> checked = new HashSet<>();
    files.forEach(file -> checked.add(file.toAbsolutePath().normalize()));
    try (Stream<Path> all = Files.walk(report)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !checked.contains(file.toAbsolutePath().normalize()))
          .map(report::relativize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserException("cannot read the folder " + report + " (" + e + ")", e);
    }
  }

  private void sidecar(String name, List<String> suffixes) {
    Sidecar sidecar = Sidecar.read(report.resolve(name + ".json"));
    Map<String, String> expected = expected(sidecar);
    compare(
        report.resolve(name + ".json"), "json", said(sidecar), expected.getOrDefault("json", ""));
    for (String suffix : suffixes) {
      String text = expected.get(suffix);
      if (text != null && !suffix.equals("json")) {
        compare(report.resolve(name + "." + suffix), suffix, null, text);
      }
    }
    Path index = report.resolve("index.md");
    boolean inIndex = expected.containsKey("md") && sidecar.section() == null;
    if (inIndex && suffixes.contains("md") && Files.exists(index)) {
      index(index, name, expected.getOrDefault("md", ""));
    }
  }

  /** A sidecar's own text, but with the present program's version, which may differ. */
  private static String said(Sidecar sidecar) {
    return new Sidecar(
            Release.version(),
            sidecar.model(),
            sidecar.metric(),
            sidecar.table(),
            sidecar.figure(),
            sidecar.section(),
            sidecar.contents(),
            sidecar.journals())
        .text();
  }

  private Map<String, String> expected(Sidecar sidecar) {
    if (sidecar.table() != null && sidecar.section() != null) {
      return maker.section(sidecar.section(), sidecar.table(), sidecar.model());
    }
    if (sidecar.table() != null) {
      return maker.table(sidecar.table(), sidecar.model());
    }
    Map<String, String> files = new LinkedHashMap<>();
    Report.Figure figure =
        Optional.ofNullable(sidecar.figure())
            .orElseThrow(() -> new UserException("a sidecar without a table and a figure"));
    try {
      FigureData data = maker.figure(figure, sidecar.metric());
      files.put("json", maker.sidecar(data, sidecar.model(), sidecar.metric()));
    } catch (LeftOutException e) {
      files.put("json", "");
    }
    return files;
  }

  private void compare(Path file, String suffix, @Nullable String actual, String expected) {
    files.add(file);
    if (!Files.exists(file)) {
      findings.add(new Mismatch(file, "the whole file", "is missing"));
    } else {
      String text = actual == null ? read(file) : actual;
      findings.addAll(FileComparison.of(file, suffix, text, expected));
    }
  }

  /**
   * Checks what was read of directions.
   *
   * @param named a folder or file that was named
   * @param only whether only the readings in or around it are asked for
   */
  private void readings(Plan plan, Path named, boolean only) {
    Readings readings = new Readings(folder);
    for (String cell : readings.of(plan)) {
      Path own = readings.folder(cell).toAbsolutePath().normalize();
      if (only && !named.startsWith(own) && !own.startsWith(named)) {
        continue;
      }
      readings
          .differences(cell)
          .forEach(
              (place, difference) ->
                  findings.add(new Mismatch(own.resolve("reading.json"), place, difference)));
      readings
          .expected(cell)
          .forEach(
              (name, text) ->
                  compare(
                      own.resolve(name), name.substring(name.lastIndexOf('.') + 1), null, text));
    }
    if (only && files.isEmpty()) {
      throw new UserException("there is no reading of a cell of the plan in " + named);
    }
  }

  /** The section of the index on directions. */
  private void section(Plan plan) {
    Path index = report.resolve("index.md");
    Optional<String> expected = new Readings(folder).section(plan);
    if (expected.isEmpty() || !Files.exists(index)) {
      return;
    }
    String text = read(index);
    int begin = text.indexOf(Readings.HEADING + "\n");
    if (begin < 0) {
      findings.add(new Mismatch(index, "the whole file", "has no section on directions"));
      return;
    }
    int end = text.indexOf("\n## ", begin + 1);
    findings.addAll(
        FileComparison.of(
            index,
            "md",
            text.substring(begin, end < 0 ? text.length() : end).stripTrailing(),
            expected.get().stripTrailing()));
  }

  /** The index repeats each table below a heading and a line of links. */
  private void index(Path index, String name, String expected) {
    files.add(index);
    String heading = ReportIndex.heading(name) + "\n\n";
    String text = read(index);
    int begin = text.indexOf(heading);
    int table = begin < 0 ? -1 : text.indexOf("\n\n", begin + heading.length());
    if (table < 0) {
      findings.add(new Mismatch(index, "the whole file", "has no table " + name));
      return;
    }
    int end = text.indexOf("\n## ", table);
    String section = text.substring(table + 2, end < 0 ? text.length() : end);
    findings.addAll(FileComparison.of(index, "md", section, expected));
  }

  private static String read(Path file) {
    try {
      return Files.readString(InputFile.regularIfThere(file));
    } catch (IOException e) {
      throw new UserException("cannot read " + file + " (" + e + ")", e);
    }
  }
}
