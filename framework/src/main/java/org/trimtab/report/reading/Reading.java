package org.trimtab.report.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.Interval;

/**
 * What was read of the direction of one cell. Hidden states are numbered as in transformers: k is
 * the output of block k - 1, and the last one is after the final norm.
 *
 * @param subject the cell
 * @param lines the lines that it is measured on
 * @param lenses what each different direction of the cell writes
 * @param states one for each hidden state from 1
 * @param best the hidden state whose own direction separates best
 * @param cosines between the own directions of hidden states, in the order of {@code states}
 * @param heads one for each block that has a direction
 * @param screen whether the lines agree on a direction
 */
public record Reading(
    Subject subject,
    Lines lines,
    List<Lens> lenses,
    List<State> states,
    Best best,
    List<List<Double>> cosines,
    List<Heads> heads,
    Screen screen) {
  /** Copies the lists. */
  public Reading {
    lenses = List.copyOf(lenses);
    states = List.copyOf(states);
    cosines = List.copyOf(cosines);
    heads = List.copyOf(heads);
  }

  /**
   * What was read.
   *
   * @param results the name of the results
   * @param cell the cell's id
   * @param index its index in the plan
   * @param label its label
   * @param model the model's name
   * @param notes what the reader must know; mostly empty
   */
  public record Subject(
      String results, String cell, int index, String label, String model, List<String> notes) {
    /** Copies the list. */
    public Subject {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The lines that are scored.
   *
   * @param dataset the data set
   * @param learned the number of items that the cell learns from
   * @param scored the number of items that are scored
   * @param positive the number of scored lines with the property
   * @param negative the number of scored lines without it
   * @param folds the folds by which directions are learned again; 1 if the cell's own lines are not
   *     among the scored ones
   * @param seed of the random numbers
   */
  public record Lines(
      String dataset, int learned, int scored, int positive, int negative, int folds, long seed) {
    /** How the scored lines are kept apart from those that directions are learned from. */
    public String heldOut() {
      return folds == 1
          ? "items of %s that the cell does not learn from".formatted(dataset)
          : "the cell's own items of %s, since it learns from all: in %d folds, each scored by directions learned on the others"
              .formatted(dataset, folds);
    }
  }

  /**
   * The logit lens of a direction d: s = W_U (g * d), or W_U d for one that was learned after the
   * final norm.
   *
   * @param blocks the blocks that act along it; empty for a hidden state's own direction
   * @param normed whether it was learned after the final norm
   * @param towards the highest tokens of d
   * @param away the highest tokens of -d
   */
  public record Lens(List<Integer> blocks, boolean normed, Side towards, Side away) {
    /** Copies the list. */
    public Lens {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * The highest tokens of a direction.
   *
   * @param score the top score
   * @param z the top score against the top scores of random unit directions
   * @param above the share of random directions whose top score is as high
   * @param peak the token with the highest z, wherever it ranks
   * @param peakAbove the share of random directions in which some token has a z as high
   * @param tokens the highest tokens
   * @param shift the token whose mean logit differs most between the labels; null where the lines
   *     of a hidden state are not compared
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Side(
      double score,
      double z,
      double above,
      Token peak,
      double peakAbove,
      List<Token> tokens,
      @Nullable Shift shift) {
    /** Copies the list. */
    public Side {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * A token that a direction writes.
   *
   * @param id its id
   * @param text its text with visible white space
   * @param score its score
   * @param z its score against this token's scores for random unit directions
   */
  public record Token(int id, String text, double score, double z) {}

  /**
   * The token that a difference of means shifts most, in units of what it shifts under shuffled
   * labels.
   *
   * @param id its id
   * @param text its text with visible white space
   * @param z its score for the difference, before that is made a unit vector, against its scores
   *     for differences under shuffled labels
   * @param p the share of permutations in which some token's z is as high, the observed one counted
   */
  public record Shift(int id, String text, double z, double p) {}

  /**
   * The lines at one hidden state.
   *
   * @param state its index
   * @param positiveNorm norm of the mean over the learned lines with the property
   * @param negativeNorm norm of the mean over those without it
   * @param norm norm of the difference of both means, which is the own direction before it is made
   *     a unit vector
   * @param meanCosine cosine of both means
   * @param own how the hidden state's own direction separates scored lines
   * @param shuffled the AUC of own directions when all labels are shuffled
   * @param cellCosine cosine of the own direction with the cell's; null where the cell has none
   * @param cell how the cell's direction separates scored lines; null where the cell has none
   * @param agreement of the learned lines
   * @param lens what the own direction writes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record State(
      int state,
      double positiveNorm,
      double negativeNorm,
      double norm,
      double meanCosine,
      Separation own,
      Shuffled shuffled,
      @Nullable Double cellCosine,
      @Nullable Separation cell,
      Agreement agreement,
      Lens lens) {}

  /**
   * How far lines with a property are from those without it along a direction.
   *
   * @param auc the probability that a line with the property scores higher; ties count half
   * @param interval the 95 % interval of the AUC
   * @param effect difference of the means over the pooled standard deviation; null without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Separation(double auc, Interval interval, @Nullable Double effect) {}

  /**
   * A value under shuffled labels.
   *
   * @param mean the mean over permutations
   * @param low its 2.5th percentile
   * @param high its 97.5th percentile
   * @param p the share of permutations with a value as high, the observed one counted
   */
  public record Shuffled(double mean, double low, double high, double p) {}

  /**
   * Whether the lines of one hidden state agree on a direction.
   *
   * @param agreement mean cosine of pairs of differences from the mean negative state
   * @param separation norm of the mean difference over the mean distance from it; null when all
   *     differences are the same
   * @param shuffled the agreement under shuffled labels
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Agreement(double agreement, @Nullable Double separation, Shuffled shuffled) {}

  /**
   * The hidden state that separates best.
   *
   * @param state its index
   * @param auc the AUC of its own direction
   * @param p the share of permutations of the labels in which the best hidden state, whichever it
   *     is, separates as well
   */
  public record Best(int state, double auc, double p) {}

  /**
   * Which heads of a block write along the cell's direction.
   *
   * @param layer the block, from 0
   * @param ratio the norm of d^T W over what a random unit direction gives on average
   * @param shares the norm of each head's part of d^T W as a share of the sum over heads
   */
  public record Heads(int layer, double ratio, List<Double> shares) {
    /** Copies the list. */
    public Heads {
      shares = List.copyOf(shares);
    }
  }

  /**
   * The verdict of the agreement screen.
   *
   * @param state the hidden state with the highest agreement
   * @param agreement that agreement
   * @param verdict steerable, marginal or unsteerable, by the floors alone
   * @param shuffled the 95th percentile, over permutations of the labels, of the highest agreement
   * @param p the share of permutations with a highest agreement as high, the observed one counted
   */
  public record Screen(int state, double agreement, String verdict, double shuffled, double p) {
    /** From here on a behaviour counts as steerable. */
    public static final double STEERABLE = 0.30;

    /** From here on a behaviour counts as marginal. */
    public static final double MARGINAL = 0.15;

    /** The verdict on an agreement. */
    public static String verdict(double agreement) {
      return agreement >= STEERABLE
          ? "steerable"
          : agreement >= MARGINAL ? "marginal" : "unsteerable";
    }
  }
}
