package org.trimtab.report.reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Csv;
import org.trimtab.io.Json;
import org.trimtab.report.figure.FigureFiles;
import org.trimtab.report.figure.LeftOutException;
import org.trimtab.report.paper.MarkdownTable;
import org.trimtab.report.reading.Reading.Heads;
import org.trimtab.report.reading.Reading.Lens;
import org.trimtab.report.reading.Reading.Side;
import org.trimtab.report.reading.Reading.State;
import org.trimtab.report.reading.Reading.Token;
import org.trimtab.report.reading.ReadingTables.Table;

/** The files of a reading: a page, tables of all its numbers, and figures. */
public final class ReadingFiles {
  static final String PAGE = "index.md";
  static final String DATA = "reading.json";
  static final String LINES = "lines.csv";

  private ReadingFiles() {}

  /** All files by name; without figures when Java finds no fonts. */
  public static Map<String, byte[]> of(Reading reading, ScoredLines lines) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    texts(reading).forEach((name, text) -> files.put(name, bytes(text)));
    files.put(LINES, bytes(lines.csv()));
    ReadingFigures.of(reading)
        .forEach(
            (name, figure) -> {
              try {
                FigureFiles.of(figure.caption(), figure.rows())
                    .forEach((suffix, content) -> files.put(name + "." + suffix, content));
              } catch (LeftOutException e) {
                // The page has all numbers; a report says what fonts are missing.
              }
            });
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The files that follow from the numbers, except figures. */
  static Map<String, String> texts(Reading reading) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(DATA, Json.pretty(reading));
    files.put(PAGE, page(reading));
    files.put("states.csv", states(reading));
    files.put("cosines.csv", cosines(reading));
    files.put("heads.csv", heads(reading));
    files.put("tokens.csv", tokens(reading));
    return files;
  }

  private static String page(Reading reading) {
    ReadingTables tables = new ReadingTables(reading);
    StringBuilder text = new StringBuilder();
    text.append("# ").append(MarkdownTable.escaped(tables.title())).append("\n\n");
    text.append(
        "Made by `./run read %s --cell %d`.\n\n"
            .formatted(reading.subject().results(), reading.subject().index()));
    tables
        .findings()
        .forEach(finding -> text.append("* ").append(MarkdownTable.escaped(finding)).append('\n'));
    reading.lenses().forEach(lens -> table(text, tables.tokens(lens, Integer.MAX_VALUE)));
    table(text, tables.written());
    table(text, tables.separation());
    image(text, ReadingFigures.SEPARATION);
    table(text, tables.geometry());
    table(text, tables.cosines());
    image(text, ReadingFigures.COSINES);
    table(text, tables.heads());
    image(text, ReadingFigures.HEADS);
    text.append(
        "\nAll numbers: [states.csv](states.csv) · [tokens.csv](tokens.csv) ·"
            + " [heads.csv](heads.csv) · [cosines.csv](cosines.csv) · [lines.csv](lines.csv) (h d"
            + " of every line) · [reading.json](reading.json)\n");
    return text.toString();
  }

  private static void image(StringBuilder text, String name) {
    text.append("\n![%1$s](%1$s.png)\n".formatted(name));
  }

  private static void table(StringBuilder text, Table table) {
    text.append("\n## ").append(MarkdownTable.escaped(table.title())).append("\n\n");
    if (!table.rows().isEmpty()) {
      line(text, table.header());
      line(text, table.header().stream().map(column -> "---").toList());
      table.rows().forEach(row -> line(text, row));
      text.append('\n');
    }
    if (!table.note().isEmpty()) {
      text.append(MarkdownTable.escaped(table.note())).append('\n');
    }
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(MarkdownTable::escaped).toList()))
        .append(" |\n");
  }

  private static String states(Reading reading) {
    StringBuilder text =
        new StringBuilder(
            Csv.line(
                List.of(
                    "state",
                    "positive_norm",
                    "negative_norm",
                    "norm",
                    "mean_cosine",
                    "auc",
                    "auc_low",
                    "auc_high",
                    "effect",
                    "shuffled_mean",
                    "shuffled_low",
                    "shuffled_high",
                    "p",
                    "cell_cosine",
                    "cell_auc",
                    "cell_auc_low",
                    "cell_auc_high",
                    "cell_effect",
                    "agreement",
                    "separation",
                    "agreement_shuffled_mean",
                    "agreement_shuffled_low",
                    "agreement_shuffled_high",
                    "agreement_p")));
    for (State state : reading.states()) {
      List<@Nullable Double> values = new ArrayList<>();
      values.add(state.positiveNorm());
      values.add(state.negativeNorm());
      values.add(state.norm());
      values.add(state.meanCosine());
      add(values, state.own());
      add(values, state.shuffled());
      values.add(state.cellCosine());
      add(values, state.cell());
      values.add(state.agreement().agreement());
      values.add(state.agreement().separation());
      add(values, state.agreement().shuffled());
      List<String> row = new ArrayList<>(List.of(Integer.toString(state.state())));
      values.forEach(value -> row.add(value == null ? "" : Json.text(value)));
      text.append(Csv.line(row));
    }
    return text.toString();
  }

  private static void add(List<@Nullable Double> values, Reading.@Nullable Separation separation) {
    values.add(separation == null ? null : separation.auc());
    values.add(separation == null ? null : separation.interval().low());
    values.add(separation == null ? null : separation.interval().high());
    values.add(separation == null ? null : separation.effect());
  }

  private static void add(List<@Nullable Double> values, Reading.Shuffled shuffled) {
    values.add(shuffled.mean());
    values.add(shuffled.low());
    values.add(shuffled.high());
    values.add(shuffled.p());
  }

  private static String cosines(Reading reading) {
    List<String> header = new ArrayList<>(List.of("state"));
    reading.states().forEach(state -> header.add(Integer.toString(state.state())));
    StringBuilder text = new StringBuilder(Csv.line(header));
    for (int i = 0; i < reading.states().size(); i++) {
      List<String> row = new ArrayList<>(List.of(header.get(i + 1)));
      reading.cosines().get(i).forEach(cosine -> row.add(Json.text(cosine)));
      text.append(Csv.line(row));
    }
    return text.toString();
  }

  private static String heads(Reading reading) {
    StringBuilder text = new StringBuilder(Csv.line(List.of("block", "head", "share", "writes")));
    for (Heads heads : reading.heads()) {
      IntStream.range(0, heads.shares().size())
          .forEach(
              head ->
                  text.append(
                      Csv.line(
                          List.of(
                              Integer.toString(heads.layer()),
                              Integer.toString(head),
                              Json.text(heads.shares().get(head)),
                              Json.text(heads.ratio())))));
    }
    return text.toString();
  }

  private static String tokens(Reading reading) {
    StringBuilder text =
        new StringBuilder(
            Csv.line(List.of("direction", "side", "rank", "id", "token", "score", "z")));
    for (Lens lens : reading.lenses()) {
      side(text, ReadingTables.blocks(lens), "d", lens.towards());
      side(text, ReadingTables.blocks(lens), "-d", lens.away());
    }
    for (State state : reading.states()) {
      String name = "hidden state " + state.state();
      side(text, name, "d", state.lens().towards());
      side(text, name, "-d", state.lens().away());
    }
    return text.toString();
  }

  private static void side(StringBuilder text, String of, String name, Side side) {
    for (int rank = 0; rank < side.tokens().size(); rank++) {
      Token token = side.tokens().get(rank);
      text.append(
          Csv.line(
              List.of(
                  of,
                  name,
                  Integer.toString(rank + 1),
                  Integer.toString(token.id()),
                  token.text(),
                  Json.text(token.score()),
                  Json.text(token.z()))));
    }
  }
}
