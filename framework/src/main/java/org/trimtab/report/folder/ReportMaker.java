package org.trimtab.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.Release;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.report.GeneratedTexts;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMaker;
import org.trimtab.report.figure.FigureData;
import org.trimtab.report.figure.Figures;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.paper.CsvTable;
import org.trimtab.report.paper.LatexTable;
import org.trimtab.report.paper.MarkdownTable;
import org.trimtab.report.paper.MlflowTable;
import org.trimtab.report.paper.PaperTable;
import org.trimtab.report.paper.PaperTables;
import org.trimtab.report.paper.TableNotes;
import org.trimtab.report.paper.TextComparison;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Report;

/**
 * Makes the files of tables and the data of figures from the journals of one result folder, which
 * it reads once. The same journals give the same bytes. Used by one thread.
 */
public final class ReportMaker {
  private static final int SHORT_HASH = 12;

  /** The section that shows what rows cost. */
  static final String COSTS = "costs";

  private static final List<String> COST_NOTES =
      List.of(
          "Parameters are those that the row changes or adds: entries of edited matrices, of added"
              + " vectors.",
          "The fit is wall time and the tokens that the model read; what cells share counts in full"
              + " for each of them.",
          "Time per token is that of generation over the unmodified model's, medians over eight"
              + " tokens, measured one after the other.",
          "Times depend on the machine and on what else it does; a dash stands for what is not"
              + " measured.");

  /** The section that shows generated texts. */
  static final String TEXTS = "texts";

  private final ResultFolder folder;
  private final TableMaker maker;
  private final Map<String, String> journals;

  /**
   * Reads the journals.
   *
   * @throws org.trimtab.UserException when nothing ran yet, or a journal is damaged
   */
  public ReportMaker(ResultFolder folder) {
    this.folder = folder;
    this.maker = TableMaker.read(folder);
    this.journals = hashes(folder, maker.plan());
  }

  /** SHA-256 (hex) of every journal of a plan that is there, by cell id. */
  private static Map<String, String> hashes(ResultFolder folder, Plan plan) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Cell cell : plan.cells()) {
      Path journal = folder.cell(cell.id()).journal();
      try {
        if (Files.exists(journal)) {
          hashes.put(cell.id(), Hashes.file(journal));
        }
      } catch (IOException e) {
        throw new UserException("cannot read the journal " + journal + " (" + e + ")", e);
      }
    }
    return hashes;
  }

  TableMaker tables() {
    return maker;
  }

  /**
   * The files of a table by their suffixes: md, csv, tex and json, and as {@code mlflow} the one
   * that is sent to MLflow.
   *
   * @throws org.trimtab.UserException when a column names nothing measured
   */
  public Map<String, String> table(Report.Table options, String model) {
    ResultTable table = maker.table(options);
    List<String> notes = TableNotes.of(table, true);
    PaperTable values = PaperTables.values(options.name(), caption(table, model), table);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("md", markdown(values, notes, table));
    files.put("csv", CsvTable.of(table));
    files.put("tex", LatexTable.of(values, notes));
    files.put("mlflow", MlflowTable.of(values));
    files.put("json", sidecar(options, model, null, table, values));
    return files;
  }

  /** The sidecar of a table, or of a section that shows more of its rows. */
  private String sidecar(
      Report.Table options,
      String model,
      @Nullable String section,
      ResultTable table,
      PaperTable values) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> label = new ArrayList<>(List.of(table.rows().get(i).key()));
      for (int factor = 0; factor < table.factors().size(); factor++) {
        label.add(values.rows().get(i).get(factor + 1).text());
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("row", String.join(" ", label));
      row.put("cells", table.rows().get(i).cells());
      rows.add(row);
    }
    return new Sidecar(
            Release.version(), model, null, options, null, section, Sidecar.tree(rows), journals)
        .text();
  }

  /**
   * The files of what else is shown of a table's rows, by their suffixes, as those of a table;
   * texts have neither tex nor mlflow.
   *
   * @param section {@link #COSTS} or {@link #TEXTS}
   * @return nothing when the results hold nothing to show
   * @throws UserException when there is no such section
   */
  public Map<String, String> section(String section, Report.Table options, String model) {
    return switch (section) {
      case COSTS -> costs(options, model);
      case TEXTS -> texts(options, model);
      default -> throw new UserException("a report has no section '" + section + "'");
    };
  }

  private Map<String, String> costs(Report.Table options, String model) {
    ResultTable table = maker.table(options);
    if (table.rows().stream().noneMatch(row -> row.cost().isKnown())) {
      return Map.of();
    }
    String caption = "What the rows cost, per cell. " + sources(model, maker.plan());
    PaperTable costs = PaperTables.costs(COSTS, caption, table);
    PaperTable plain = new PaperTable(COSTS, caption, costs.columns(), costs.rows(), Map.of());
    StringBuilder text = new StringBuilder();
    text.append(MarkdownTable.escaped(caption)).append("\n\n").append(MarkdownTable.of(costs));
    text.append('\n');
    COST_NOTES.forEach(note -> text.append("* ").append(note).append('\n'));
    Map<String, String> files = new LinkedHashMap<>();
    files.put("md", text.toString());
    files.put("csv", CsvTable.costs(table));
    files.put("tex", LatexTable.of(plain, COST_NOTES));
    files.put("mlflow", MlflowTable.of(plain));
    files.put("json", sidecar(options, model, COSTS, table, costs));
    return files;
  }

  private Map<String, String> texts(Report.Table options, String model) {
    ResultTable table = maker.table(options);
    List<GeneratedTexts> texts = GeneratedTexts.read(folder, maker.plan(), table);
    if (texts.stream().allMatch(each -> each.rows().isEmpty())) {
      return Map.of();
    }
    PaperTable values = PaperTables.values(options.name(), "", table);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("md", TextComparison.markdown(texts, table.against(), sources(model, maker.plan())));
    files.put("csv", TextComparison.csv(texts));
    files.put("json", sidecar(options, model, TEXTS, table, values));
    return files;
  }

  private String caption(ResultTable table, String model) {
    int items = table.rows().stream().mapToInt(row -> row.items()).max().orElse(0);
    int seeds = table.rows().stream().mapToInt(row -> row.seeds()).max().orElse(0);
    String warning = maker.plan().warning();
    return (warning.isEmpty() ? "" : warning + " ")
        + table.question().strip()
        + " ("
        + items
        + " items, "
        + (seeds == 1 ? "1 seed). " : seeds + " seeds). ")
        + sources(model, maker.plan());
  }

  /**
   * A sentence on what the numbers are of: model, data and seeds, by hash where a name does not
   * tell the revision.
   */
  private static String sources(String model, Plan plan) {
    Map<String, String> datasets = new LinkedHashMap<>();
    Set<Long> seeds = new LinkedHashSet<>();
    plan.cells().forEach(cell -> seeds.add(cell.seed()));
    for (PlannedEvaluation planned : plan.evaluations()) {
      Cell scored = plan.scoredBy(planned).get(0);
      for (JsonNode evaluation : scored.identity().path("evaluations")) {
        if (evaluation.path("name").asText().equals(planned.name())) {
          datasets.put(planned.dataset(), evaluation.path("dataset").asText());
        }
      }
    }
    String data =
        datasets.entrySet().stream()
            .map(entry -> entry.getKey() + hash(entry.getValue()))
            .collect(Collectors.joining(", "));
    return "Model "
        + model
        + hash(plan.cells().get(0).identity().path("model").path("weights").asText(""))
        + (data.isEmpty() ? "" : "; data " + data)
        + (seeds.size() > 1 ? "; seeds " : "; seed ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + ".";
  }

  private static String hash(String sha256) {
    return sha256.isEmpty()
        ? ""
        : " (sha256 " + sha256.substring(0, Math.min(SHORT_HASH, sha256.length())) + ")";
  }

  private static String markdown(PaperTable values, List<String> notes, ResultTable table) {
    StringBuilder text = new StringBuilder();
    text.append(MarkdownTable.escaped(values.caption())).append("\n\n");
    text.append(MarkdownTable.of(values)).append('\n');
    notes.forEach(note -> text.append("* ").append(MarkdownTable.escaped(note)).append('\n'));
    block(text, "Tests", PaperTables.tests(values.name(), table));
    block(text, "Over splits", PaperTables.splits(values.name(), table));
    block(text, "Further metrics", PaperTables.further(values.name(), table));
    return text.toString();
  }

  /** A block without columns beside the labels is left out. */
  private static void block(StringBuilder text, String title, PaperTable block) {
    if (block.hasValues()) {
      PaperTable plain = new PaperTable(block.name(), "", block.columns(), block.rows(), Map.of());
      text.append("\n**").append(title).append("**\n\n").append(MarkdownTable.of(plain));
    }
  }

  /**
   * What a figure shows.
   *
   * @param metric the metric of a figure that names none; null for the first main one
   * @throws LeftOutException when the results hold nothing to draw, with the reason
   */
  public FigureData figure(Report.Figure options, @Nullable String metric) throws LeftOutException {
    return Figures.data(maker, options, metric);
  }

  /** The sidecar of a figure. */
  public String sidecar(FigureData figure, String model, @Nullable String metric) {
    return new Sidecar(
            Release.version(),
            model,
            metric,
            null,
            figure.options(),
            null,
            Sidecar.tree(figure.panels()),
            journals)
        .text();
  }

  /** Text as files have it. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
