package org.trimtab.read;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.Direction;
import org.trimtab.model.Decoder;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.report.reading.Reading.Lens;
import org.trimtab.report.reading.Reading.Shift;
import org.trimtab.report.reading.Reading.Side;
import org.trimtab.report.reading.Reading.Token;

/**
 * The logit lens of directions, against random unit directions: W_U (g * d) with the weight g of
 * the final norm, or W_U d for differences of states after that norm. Rows of W_U without a token
 * are left out.
 */
final class LogitLens {
  static final int RANDOM = 1000;
  private static final int TOKENS = 20;
  private static final int AT_ONCE = 50;

  private final Decoder decoder;
  private final TokenTexts texts;
  private final int vocabulary;
  private final double[] means;
  private final double[] deviations;
  private final boolean normed;
  private final Tops towards = new Tops();
  private final Tops away = new Tops();

  /** The top score and the highest z of each random direction. */
  private static final class Tops {
    private final double[] scores = new double[RANDOM];
    private final double[] peaks = new double[RANDOM];
  }

  /**
   * Scores the random directions.
   *
   * @param normed whether directions are of states after the final norm
   * @param watcher is told how many are done, of twice {@link #RANDOM}
   */
  LogitLens(Decoder decoder, Tokenizer tokenizer, boolean normed, long seed, IntConsumer watcher) {
    this.decoder = decoder;
    this.normed = normed;
    this.texts = new TokenTexts(tokenizer);
    this.vocabulary = Math.min(decoder.config().vocabulary(), tokenizer.vocabularySize());
    means = new double[vocabulary];
    deviations = new double[vocabulary];
    CounterRandom random = CounterRandom.of(seed, "random directions");
    random(random, watcher, 0, this::add);
    for (int token = 0; token < vocabulary; token++) {
      means[token] /= RANDOM;
      double variance = deviations[token] / RANDOM - means[token] * means[token];
      deviations[token] = Math.sqrt(Math.max(0, variance) * RANDOM / (RANDOM - 1));
    }
    random(random, watcher, RANDOM, this::addPeaks);
  }

  /** Scores all random directions; what is too large to be kept is computed twice. */
  private void random(
      CounterRandom random, IntConsumer watcher, int before, ObjIntConsumer<float[]> use) {
    for (int from = 0; from < RANDOM; from += AT_ONCE) {
      List<float[]> scores =
          scores(
              IntStream.range(from, Math.min(RANDOM, from + AT_ONCE))
                  .mapToObj(i -> Direction.random(random.at(i), decoder.config().hidden()).unit())
                  .toList());
      for (int i = 0; i < scores.size(); i++) {
        use.accept(scores.get(i), from + i);
      }
      watcher.accept(before + from + scores.size());
    }
  }

  private void add(float[] scores, int direction) {
    double high = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    for (int token = 0; token < vocabulary; token++) {
      double score = scores[token];
      means[token] += score;
      deviations[token] += score * score;
      high = Math.max(high, score);
      low = Math.min(low, score);
    }
    towards.scores[direction] = high;
    away.scores[direction] = -low;
  }

  private void addPeaks(float[] scores, int direction) {
    double high = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    for (int token = 0; token < vocabulary; token++) {
      double z = z(scores, token);
      high = Math.max(high, z);
      low = Math.min(low, z);
    }
    towards.peaks[direction] = high;
    away.peaks[direction] = -low;
  }

  private double z(float[] scores, int token) {
    double deviation = deviations[token];
    return deviation == 0 ? 0 : (scores[token] - means[token]) / deviation;
  }

  /** The scores [V] of directions [D]. */
  private List<float[]> scores(List<float[]> directions) {
    int size = decoder.config().hidden();
    float[] all = new float[directions.size() * size];
    for (int i = 0; i < directions.size(); i++) {
      System.arraycopy(directions.get(i), 0, all, i * size, size);
    }
    try (NDManager scratch = decoder.manager().newSubManager()) {
      NDArray scores =
          decoder.vocabularyScores(scratch.create(all, new Shape(directions.size(), size)), normed);
      float[] values = scores.toFloatArray();
      int rows = decoder.config().vocabulary();
      return IntStream.range(0, directions.size())
          .mapToObj(i -> Arrays.copyOfRange(values, i * rows, (i + 1) * rows))
          .toList();
    }
  }

  /**
   * What a direction writes.
   *
   * @param blocks the blocks that act along it
   * @param direction [D], of length 1
   */
  Lens of(List<Integer> blocks, float[] direction) {
    return lens(blocks, direction, null, null);
  }

  /**
   * What the own direction of a hidden state writes, and which tokens it shifts.
   *
   * @param difference of the means of both labels, [D]
   * @param shuffled the same under shuffled labels
   */
  Lens ofLines(float[] difference, List<float[]> shuffled) {
    float[] unit = difference.clone();
    double norm = Vectors.norm(difference);
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= (float) norm;
    }
    Shifts shifts = new Shifts(scores(List.of(difference)).get(0), scores(shuffled), vocabulary);
    return lens(List.of(), unit, shift(shifts, 1), shift(shifts, -1));
  }

  private Shift shift(Shifts shifts, int sign) {
    int id = shifts.highest(sign);
    return new Shift(id, texts.of(id), shifts.z(id, sign), shifts.p(id, sign));
  }

  private Lens lens(
      List<Integer> blocks, float[] direction, @Nullable Shift up, @Nullable Shift down) {
    float[] scores = scores(List.of(direction)).get(0);
    return new Lens(blocks, normed, side(scores, 1, towards, up), side(scores, -1, away, down));
  }

  private Side side(float[] scores, int sign, Tops tops, @Nullable Shift shift) {
    List<Token> tokens =
        IntStream.range(0, vocabulary)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(id -> -sign * scores[id]))
            .limit(TOKENS)
            .map(id -> token(scores, sign, id))
            .toList();
    Token peak =
        token(
            scores,
            sign,
            IntStream.range(0, vocabulary)
                .reduce((a, b) -> sign * z(scores, b) > sign * z(scores, a) ? b : a)
                .orElseThrow());
    double top = tokens.get(0).score();
    double mean = Arrays.stream(tops.scores).average().orElseThrow();
    double squares = Arrays.stream(tops.scores).map(each -> (each - mean) * (each - mean)).sum();
    double deviation = Math.sqrt(squares / (RANDOM - 1));
    return new Side(
        top,
        deviation == 0 ? 0 : (top - mean) / deviation,
        reaching(tops.scores, top),
        peak,
        reaching(tops.peaks, peak.z()),
        tokens,
        shift);
  }

  private Token token(float[] scores, int sign, int id) {
    return new Token(id, texts.of(id), sign * (double) scores[id], sign * z(scores, id));
  }

  /** The share of values that are as high as another. */
  private static double reaching(double[] values, double other) {
    return (double) Arrays.stream(values).filter(each -> each >= other).count() / values.length;
  }
}
