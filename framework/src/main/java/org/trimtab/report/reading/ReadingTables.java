package org.trimtab.report.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Numbers;
import org.trimtab.report.reading.Reading.Heads;
import org.trimtab.report.reading.Reading.Lens;
import org.trimtab.report.reading.Reading.Lines;
import org.trimtab.report.reading.Reading.Screen;
import org.trimtab.report.reading.Reading.Separation;
import org.trimtab.report.reading.Reading.Shuffled;
import org.trimtab.report.reading.Reading.Side;
import org.trimtab.report.reading.Reading.State;

/** What a reading says, in sentences and tables of no particular format. */
final class ReadingTables {
  /** As many hidden states as a table of their cosines has room for. */
  private static final int MOST_COSINES = 12;

  private static final int HEADS = 3;
  private static final int FIRST_TOKENS = 5;
  private static final int FIRST_OF_STATE = 3;

  private final Reading reading;

  ReadingTables(Reading reading) {
    this.reading = reading;
  }

  /**
   * A table under a title.
   *
   * @param note what its columns mean
   */
  record Table(String title, List<String> header, List<List<String>> rows, String note) {}

  String title() {
    Reading.Subject subject = reading.subject();
    return "What the direction is: %s (cell %d of %s)"
        .formatted(subject.label(), subject.index(), subject.results());
  }

  /** The findings, the first ones to be read. */
  List<String> findings() {
    List<String> findings = new ArrayList<>(reading.subject().notes());
    Lines lines = reading.lines();
    findings.add(
        "Model %s. Lines: %s; %d positive and %d negative ones are scored, from %d items; the cell learns from %d."
            .formatted(
                reading.subject().model(),
                lines.heldOut(),
                lines.positive(),
                lines.negative(),
                lines.scored(),
                lines.learned()));
    reading.lenses().stream()
        .max(Comparator.comparingDouble(ReadingTables::z))
        .ifPresent(lens -> findings.add(tokens(lens)));
    shift().ifPresent(findings::add);
    findings.add(best());
    Screen screen = reading.screen();
    findings.add(
        "Agreement of the lines is highest at hidden state %d: %s, which is %s (floors %s and %s); with shuffled labels 95 %% of the highest ones are below %s (p %s)."
            .formatted(
                screen.state(),
                two(screen.agreement()),
                screen.verdict(),
                two(Screen.STEERABLE),
                two(Screen.MARGINAL),
                two(screen.shuffled()),
                Numbers.p(screen.p())));
    return findings;
  }

  private String tokens(Lens lens) {
    return "d of %s writes %s and -d %s%s. Highest z of a token: %s, and %s for -d; %s %% and %s %% of random directions reach that."
        .formatted(
            blocks(lens),
            first(lens.towards(), FIRST_TOKENS),
            first(lens.away(), FIRST_TOKENS),
            reading.lenses().size() > 1
                ? " (of %d directions this has the highest z)".formatted(reading.lenses().size())
                : "",
            peak(lens.towards()),
            peak(lens.away()),
            Numbers.percent(lens.towards().peakAbove()),
            Numbers.percent(lens.away().peakAbove()));
  }

  /** The hidden state at which the labels shift a token most. */
  private Optional<String> shift() {
    return mostShifted()
        .map(
            most ->
                "The labels shift the token %s most, at hidden state %d, to %s lines: z %s and p %s against shuffled labels, over all tokens."
                    .formatted(
                        most.shift().text(),
                        most.state(),
                        most.side(),
                        signed(most.shift().z()),
                        Numbers.p(most.shift().p())));
  }

  /** A token that labels shift, at a hidden state, to one side. */
  record Shifted(int state, Reading.Shift shift, String side) {}

  Optional<Shifted> mostShifted() {
    List<Shifted> all = new ArrayList<>();
    for (State state : reading.states()) {
      Reading.@Nullable Shift up = state.lens().towards().shift();
      Reading.@Nullable Shift down = state.lens().away().shift();
      if (up != null && down != null) {
        all.add(new Shifted(state.state(), up, "positive"));
        all.add(new Shifted(state.state(), down, "negative"));
      }
    }
    return all.stream().reduce((a, b) -> b.shift().z() > a.shift().z() ? b : a);
  }

  private static String peak(Side side) {
    return side.peak().text() + " " + signed(side.peak().z());
  }

  private static String first(Side side, int most) {
    return side.tokens().stream()
        .limit(most)
        .map(Reading.Token::text)
        .collect(Collectors.joining(" "));
  }

  private String best() {
    State best = state(reading.best().state());
    return "Held-out lines are separated best at hidden state %d: AUC %s%s; p %s against shuffled labels, over all hidden states."
        .formatted(
            best.state(),
            interval(best.own()),
            best.own().effect() == null ? "" : ", effect size " + two(best.own().effect()),
            Numbers.p(reading.best().p()));
  }

  private State state(int index) {
    return reading.states().stream()
        .filter(each -> each.state() == index)
        .findFirst()
        .orElseThrow();
  }

  static double z(Lens lens) {
    return Math.max(lens.towards().peak().z(), lens.away().peak().z());
  }

  static String blocks(Lens lens) {
    List<String> ranges = new ArrayList<>();
    List<Integer> all = lens.blocks();
    for (int i = 0; i < all.size(); ) {
      int from = i;
      while (i + 1 < all.size() && all.get(i + 1) == all.get(i) + 1) {
        i++;
      }
      ranges.add(from == i ? "" + all.get(i) : all.get(from) + "-" + all.get(i));
      i++;
    }
    return (all.size() == 1 ? "block " : "blocks ") + String.join(", ", ranges);
  }

  /** The tokens of a direction. */
  Table tokens(Lens lens, int most) {
    List<List<String>> rows = new ArrayList<>();
    int count =
        Math.min(most, Math.max(lens.towards().tokens().size(), lens.away().tokens().size()));
    for (int i = 0; i < count; i++) {
      List<String> row = new ArrayList<>();
      for (Side side : List.of(lens.towards(), lens.away())) {
        boolean there = i < side.tokens().size();
        row.add(there ? side.tokens().get(i).text() : "");
        row.add(there ? signed(side.tokens().get(i).z()) : "");
      }
      rows.add(row);
    }
    return new Table(
        "What it writes: " + blocks(lens),
        List.of("d", "z", "-d", "z"),
        rows,
        (lens.normed()
                ? "Logit lens: W_U d, since d was learned after the final norm."
                : "Logit lens: W_U (g * d), g the weight of the final norm.")
            + " z of a token: against the same token's scores for 1,000 random unit directions. Top"
            + " score of d %s, z %s against the top scores of those directions, of which %s %% reach it; of -d %s, z %s, %s %%."
                .formatted(
                    Numbers.value(lens.towards().score()),
                    signed(lens.towards().z()),
                    Numbers.percent(lens.towards().above()),
                    Numbers.value(lens.away().score()),
                    signed(lens.away().z()),
                    Numbers.percent(lens.away().above())));
  }

  /** What the own directions of hidden states write. */
  Table written() {
    List<List<String>> rows = new ArrayList<>();
    for (State state : reading.states()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(state.state())));
      for (Side side : List.of(state.lens().towards(), state.lens().away())) {
        row.add(first(side, FIRST_OF_STATE));
        row.add(peak(side));
        Reading.@Nullable Shift shift = side.shift();
        row.add(
            shift == null
                ? "-"
                : "%s %s (%s)".formatted(shift.text(), signed(shift.z()), Numbers.p(shift.p())));
      }
      rows.add(row);
    }
    return new Table(
        "What the directions of hidden states write",
        List.of("state", "d", "z, random", "z, shuffled (p)", "-d", "z, random", "z, shuffled (p)"),
        rows,
        "The tokens with the top scores; the token with the highest z against random directions; the token that the labels shift most: highest z of W_U (g * (mean+ - mean-)) against the same under shuffled labels, 100 times, and the share p of these in which some token's z is as high.");
  }

  Table separation() {
    List<List<String>> rows = new ArrayList<>();
    for (State state : reading.states()) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(state.state()));
      row.add(interval(state.own()));
      row.add(range(state.shuffled()));
      row.add(Numbers.p(state.shuffled().p()));
      row.add(effect(state.own()));
      row.add(state.cell() == null ? "-" : interval(state.cell()));
      row.add(state.cell() == null ? "-" : effect(state.cell()));
      rows.add(row);
    }
    return new Table(
        "How it separates lines",
        List.of("state", "AUC [95 %]", "shuffled", "p", "effect", "cell's d", "effect"),
        rows,
        "AUC of h d over lines that the direction was not learned from, h at hidden state k (the output of block k - 1; the last one is after the final norm), with a 95 % interval by bootstrap over items: first along the direction learned at that hidden state, then along the cell's. Effect: difference of the means over the pooled standard deviation. Shuffled: 95 % of AUCs when all labels are shuffled, 100 times; p: the share that is as high.");
  }

  Table geometry() {
    List<List<String>> rows = new ArrayList<>();
    for (State state : reading.states()) {
      rows.add(
          List.of(
              Integer.toString(state.state()),
              Numbers.value(state.positiveNorm()),
              Numbers.value(state.negativeNorm()),
              Numbers.value(state.norm()),
              String.format(Locale.ROOT, "%.4f", state.meanCosine()),
              optional(state.cellCosine()),
              two(state.agreement().agreement()),
              range(state.agreement().shuffled()),
              optional(state.agreement().separation())));
    }
    return new Table(
        "Means and agreement",
        List.of(
            "state",
            "positive",
            "negative",
            "d",
            "cosine",
            "cell's d",
            "agreement",
            "shuffled",
            "separation"),
        rows,
        "Norms of both means and of their difference d, cosine of the means, cosine of d with the cell's direction. Agreement: mean cosine of pairs of h+ - mean(h-), with 95 % of its values under shuffled labels; separation: norm of their mean over the mean distance from it. All over the items that the cell learns from.");
  }

  /** The cosines between hidden states; no rows if there are too many. */
  Table cosines() {
    List<String> header = new ArrayList<>(List.of("state"));
    List<List<String>> rows = new ArrayList<>();
    if (reading.states().size() <= MOST_COSINES) {
      reading.states().forEach(state -> header.add(Integer.toString(state.state())));
      for (int i = 0; i < reading.states().size(); i++) {
        List<String> row = new ArrayList<>(List.of(header.get(i + 1)));
        reading.cosines().get(i).forEach(cosine -> row.add(two(cosine)));
        rows.add(row);
      }
    }
    return new Table(
        "Cosines between the directions of hidden states",
        header,
        rows,
        rows.isEmpty() ? "In cosines.csv." : "");
  }

  Table heads() {
    List<List<String>> rows = new ArrayList<>();
    for (Heads heads : reading.heads()) {
      List<Integer> order =
          IntStream.range(0, heads.shares().size())
              .boxed()
              .sorted(Comparator.comparingDouble(head -> -heads.shares().get(head)))
              .limit(HEADS)
              .toList();
      rows.add(
          List.of(
              Integer.toString(heads.layer()),
              two(heads.ratio()),
              order.stream()
                  .map(head -> head + " (" + Numbers.percent(heads.shares().get(head)) + " %)")
                  .collect(Collectors.joining(", "))));
    }
    int count = reading.heads().isEmpty() ? 0 : reading.heads().get(0).shares().size();
    return new Table(
        "Heads that write along it",
        List.of("block", "writes", "most of it from heads"),
        rows,
        "Share of a head: norm of its part of d^T W, W the block's o_proj, over the sum of its %d heads (equal shares: %s %%); heads.csv has all. Writes: norm of d^T W over what random unit directions give on average."
            .formatted(count, Numbers.percent(1.0 / Math.max(1, count))));
  }

  private static String effect(Separation separation) {
    return optional(separation.effect());
  }

  static String interval(Separation separation) {
    return "%s [%s, %s]"
        .formatted(
            two(separation.auc()),
            two(separation.interval().low()),
            two(separation.interval().high()));
  }

  private static String range(Shuffled shuffled) {
    return two(shuffled.low()) + "-" + two(shuffled.high());
  }

  private static String optional(@Nullable Double value) {
    return value == null ? "-" : two(value);
  }

  static String two(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text;
  }

  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f", value);
  }
}
