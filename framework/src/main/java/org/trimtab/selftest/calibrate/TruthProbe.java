package org.trimtab.selftest.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.trimtab.data.MultipleChoice;
import org.trimtab.method.Contrast;
import org.trimtab.method.DirectionalEditSettings.Lines;
import org.trimtab.method.HiddenStates;
import org.trimtab.model.LanguageModel;

/**
 * A linear probe for truth by class means (Marks and Tegmark, "The Geometry of Truth", COLM 2024)
 * at the last token of question and answer. It learns from even items and classifies odd ones by
 * the nearer class mean along their difference.
 *
 * @param hiddenState the hidden state with the highest accuracy, as in hidden_states
 * @param accuracy the balanced accuracy there, the mean over true and mistaken answers
 * @param accuracies the same at every hidden state
 */
record TruthProbe(int hiddenState, double accuracy, List<Double> accuracies) {
  /** Probes all hidden states except the embedding output, which sees only one token. */
  static TruthProbe of(LanguageModel model, List<MultipleChoice> items) {
    List<Integer> indices =
        IntStream.rangeClosed(1, model.decoder().config().layers()).boxed().toList();
    HiddenStates states = new HiddenStates(model, indices);
    List<List<Map<Integer, float[]>>> read = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (MultipleChoice item : items) {
      Contrast contrast = Contrast.of(item, Lines.ANSWERS);
      read.add(states.of(contrast.texts(), contrast.chat()));
      counts.add(contrast.special().size());
    }
    List<Double> accuracies = new ArrayList<>();
    for (int index : indices) {
      Classes learned = new Classes();
      Classes held = new Classes();
      for (int i = 0; i < read.size(); i++) {
        (i % 2 == 0 ? learned : held).add(read.get(i), counts.get(i), index);
      }
      accuracies.add(accuracy(learned, held));
    }
    int best =
        IntStream.range(0, accuracies.size())
            .reduce((a, b) -> accuracies.get(b) > accuracies.get(a) ? b : a)
            .orElseThrow();
    return new TruthProbe(indices.get(best), accuracies.get(best), accuracies);
  }

  /** States of true and of mistaken answers, [D] each. */
  private static final class Classes {
    private final List<float[]> right = new ArrayList<>();
    private final List<float[]> wrong = new ArrayList<>();

    void add(List<Map<Integer, float[]>> item, int count, int index) {
      for (int i = 0; i < item.size(); i++) {
        (i < count ? right : wrong).add(item.get(i).get(index));
      }
    }
  }

  private static double accuracy(Classes learned, Classes held) {
    double[] right = mean(learned.right);
    double[] wrong = mean(learned.wrong);
    double[] direction = new double[right.length];
    double threshold = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] = right[i] - wrong[i];
      threshold += direction[i] * (right[i] + wrong[i]) / 2;
    }
    double bound = threshold;
    double trueAbove = share(held.right, direction, bound);
    double falseAbove = share(held.wrong, direction, bound);
    return (trueAbove + 1 - falseAbove) / 2;
  }

  private static double share(List<float[]> states, double[] direction, double bound) {
    return states.stream().filter(state -> dot(state, direction) > bound).count()
        / (double) states.size();
  }

  private static double dot(float[] state, double[] direction) {
    double sum = 0;
    for (int i = 0; i < direction.length; i++) {
      sum += state[i] * direction[i];
    }
    return sum;
  }

  private static double[] mean(List<float[]> states) {
    double[] mean = new double[states.get(0).length];
    for (float[] state : states) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += state[i] / states.size();
      }
    }
    return mean;
  }
}
