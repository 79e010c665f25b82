package org.trimtab.report.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.io.Numbers;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.report.paper.MarkdownTable;
import org.trimtab.report.reading.Reading.Separation;
import org.trimtab.report.reading.Reading.State;
import org.trimtab.run.ResultFolder;

/** The readings that lie beside results: as a section of the report, and to be checked. */
public final class Readings {
  /** The heading of the report's section. */
  public static final String HEADING = "## What the direction is";

  private final ResultFolder folder;

  public Readings(ResultFolder folder) {
    this.folder = folder;
  }

  /** The folder of a cell's reading. */
  public Path folder(String cell) {
    return folder.readings().resolve(cell);
  }

  /** The ids of the cells of a plan whose directions were read, in the plan's order. */
  public List<String> of(Plan plan) {
    return plan.cells().stream()
        .map(Cell::id)
        .filter(id -> Files.isRegularFile(folder(id).resolve(ReadingFiles.DATA)))
        .toList();
  }

  /**
   * The section of a report; empty if no direction was read.
   *
   * @throws UserException when a reading is damaged
   */
  public Optional<String> section(Plan plan) {
    List<String> cells = of(plan);
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(HEADING + "\n\n");
    text.append(
        "| cell | AUC [95 %] | p | hidden state | agreement | p | verdict | token shifted most | z |"
            + " p |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    cells.forEach(cell -> text.append(row(read(cell))));
    text.append(
        "\nMade by `./run read`. AUC: how well the direction of the best hidden state separates"
            + " lines that it was not learned from; agreement of the lines, with the verdict of its"
            + " floors; the token whose mean logit the labels shift most. Each p is against 100"
            + " permutations of the labels, over all hidden states or all tokens.\n");
    return Optional.of(text.toString());
  }

  private static String row(Reading reading) {
    Reading.Subject subject = reading.subject();
    String own =
        reading.states().stream()
            .filter(state -> state.state() == reading.best().state())
            .map(state -> ReadingTables.interval(state.own()))
            .findFirst()
            .orElse("-");
    Optional<ReadingTables.Shifted> shifted = new ReadingTables(reading).mostShifted();
    return "| [%s](../read/%s/%s) | %s | %s | %d | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            MarkdownTable.escaped(subject.index() + ": " + subject.label()),
            subject.cell(),
            ReadingFiles.PAGE,
            own,
            MarkdownTable.escaped(Numbers.p(reading.best().p())),
            reading.best().state(),
            ReadingTables.two(reading.screen().agreement()),
            MarkdownTable.escaped(Numbers.p(reading.screen().p())),
            reading.screen().verdict(),
            shifted.map(each -> MarkdownTable.escaped(each.shift().text())).orElse("-"),
            shifted.map(each -> ReadingTables.signed(each.shift().z())).orElse("-"),
            shifted.map(each -> MarkdownTable.escaped(Numbers.p(each.shift().p()))).orElse("-"));
  }

  private Reading read(String cell) {
    Path file = folder(cell).resolve(ReadingFiles.DATA);
    String text = text(file);
    try {
      Reading reading = Json.MAPPER.readValue(text, Reading.class);
      if (Json.pretty(reading).equals(text)) {
        return reading;
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    }
    throw damaged(file, null);
  }

  private static UserException damaged(Path file, @Nullable Exception cause) {
    return new UserException(
        file
            + ": damaged, or written by another version; read the direction again (./run read), or"
            + " delete the folder",
        cause);
  }

  private static String text(Path file) {
    try {
      return Files.readString(InputFile.regularIfThere(file));
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read (" + e + ")", e);
    }
  }

  /** The texts of a reading's files as its numbers give them, by name. */
  public Map<String, String> expected(String cell) {
    return new LinkedHashMap<>(ReadingFiles.texts(read(cell)));
  }

  /**
   * What of a reading does not follow from the scores of its lines: AUCs, intervals and effect
   * sizes.
   *
   * @return a place and a difference each
   */
  public Map<String, String> differences(String cell) {
    Reading reading = read(cell);
    Path file = folder(cell).resolve(ReadingFiles.LINES);
    ScoredLines lines = ScoredLines.read(file, text(file));
    Map<String, String> found = new LinkedHashMap<>();
    List<Integer> counts = new ArrayList<>();
    counts.add((int) lines.lines().stream().filter(line -> line.positive()).count());
    counts.add(lines.lines().size() - counts.get(0));
    if (!counts.equals(List.of(reading.lines().positive(), reading.lines().negative()))) {
      found.put("lines", "positive and negative lines are " + counts + " in " + file);
    }
    for (State state : reading.states()) {
      String place = "hidden state " + state.state() + ", ";
      compare(
          found, place + "own", lines, ScoredLines.own(state.state()), state, state.own(), reading);
      compare(
          found,
          place + "cell",
          lines,
          ScoredLines.cell(state.state()),
          state,
          state.cell(),
          reading);
    }
    return found;
  }

  private static void compare(
      Map<String, String> found,
      String place,
      ScoredLines lines,
      String name,
      State state,
      @Nullable Separation there,
      Reading reading) {
    @Nullable Separation again =
        lines
            .of(name)
            .map(
                scores ->
                    ScoredLines.separation(
                        lines.lines(), scores, state.state(), reading.lines().seed()))
            .orElse(null);
    if (!Objects.equals(there, again)) {
      found.put(place, "is " + there + ", and its lines give " + again);
    }
  }
}
