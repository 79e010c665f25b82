package org.trimtab.say;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.trimtab.io.Numbers;
import org.trimtab.say.Speech.Reply;

/** What two replies differ in, in a few lines. */
final class Summary {
  private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

  /** The divergences, in nats, from which on the next higher bar stands. */
  private static final double[] STEPS = {0.001, 0.01, 0.03, 0.1, 0.3, 1, 3};

  private Summary() {}

  /**
   * The lines, each with its line feed; empty without an edited reply.
   *
   * @param bars whether divergences are bars rather than numbers
   */
  static String of(Said said, boolean bars) {
    Reply edited = said.edited();
    StringBuilder text = new StringBuilder();
    Reply baseline = said.baseline();
    if (baseline != null
        && edited != null
        && baseline.tokens().length > 0
        && edited.tokens().length > 0) {
      text.append(
          said.firstDifference().isEmpty()
              ? "The texts are the same" + unfinished(baseline, edited) + ".\n"
              : difference(baseline, edited, said.firstDifference().getAsInt()));
    }
    if (edited != null && said.divergences().length > 0) {
      double[] divergences = said.divergences();
      int largest = said.largest();
      text.append("KL(base || edited) per token")
          .append(bars ? ": " + bars(divergences) : ", in nats: " + numbers(divergences))
          .append('\n')
          .append(
              "mean %s nats, maximum %s at token %d %s\n"
                  .formatted(
                      Numbers.value(said.mean().orElseThrow()),
                      Numbers.value(divergences[largest]),
                      largest + 1,
                      piece(edited, largest)));
    }
    return text.toString();
  }

  private static String unfinished(Reply baseline, Reply edited) {
    return baseline.tokens().length == edited.tokens().length ? "" : " as far as both go";
  }

  private static String difference(Reply baseline, Reply edited, int at) {
    return "First difference: token %d, %s | %s\n"
        .formatted(at + 1, piece(baseline, at), piece(edited, at));
  }

  private static String piece(Reply reply, int at) {
    boolean last = at == reply.tokens().length - 1;
    String piece = reply.pieces().get(at);
    return last && piece.isEmpty() ? "(" + reply.ending() + ")" : Shown.quoted(piece);
  }

  private static String bars(double[] divergences) {
    return Arrays.stream(divergences).mapToObj(Summary::bar).collect(Collectors.joining());
  }

  private static String bar(double divergence) {
    int step = 0;
    while (step < STEPS.length && divergence >= STEPS[step]) {
      step++;
    }
    return BARS.substring(step, step + 1);
  }

  private static String numbers(double[] divergences) {
    return Arrays.stream(divergences)
        .mapToObj(value -> String.format(Locale.ROOT, "%.3g", value))
        .collect(Collectors.joining(" "));
  }
}
