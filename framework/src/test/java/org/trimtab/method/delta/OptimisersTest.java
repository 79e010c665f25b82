package org.trimtab.method.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.delta.PenaltyPath.Strength;
import org.trimtab.plan.random.CounterRandom;

/** Penalty and optimisers on convex losses, where the answer is known. */
class OptimisersTest {
  private static final double[] ONES = {1, 1, 1, 1, 1, 1};

  /** The groups (3, -1), (0.4, 0.3), (0.1, 2) under l1 = 0.2 and l2 = 0.5. */
  private static final double[] TARGET = {3, -1, 0.4, 0.3, 0.1, 2};

  private static final Penalty PENALTY = new Penalty(0.2, 0.5, 2);

  @Test
  void theProximalStepThresholdsEntriesThenShrinksGroups() {
    float[] x = PENALTY.proximal(TARGET, ONES);

    double shrink = 1 - 0.5 / Math.hypot(2.8, 0.8);
    assertThat(x)
        .containsExactly(
            new float[] {(float) (2.8 * shrink), (float) (-0.8 * shrink), 0, 0, 0, 1.3f},
            within(1e-6f));
    assertThat(List.of(x[2], x[3], x[4])).containsOnly(0f);
    assertThat(PENALTY.alive(x)).containsExactly(0, 2);
    assertThat(PENALTY.value(x))
        .isCloseTo(
            0.2 * (3.6 * shrink + 1.3) + 0.5 * (shrink * Math.hypot(2.8, 0.8) + 1.3), within(1e-6));
  }

  /** Under unequal rates the proximal step solves a least-squares problem of those weights. */
  @Test
  void theProximalStepUnderUnequalRatesIsOptimal() {
    double[] rates = {0.5, 2, 1, 3, 0.1, 0.7};
    double[] weights = Arrays.stream(rates).map(rate -> 1 / rate).toArray();
    float[] x = PENALTY.proximal(TARGET, rates);

    assertThat(PENALTY.residual(x, new LeastSquares(weights, TARGET).point(x).gradient()))
        .isCloseTo(0, within(1e-5));
    assertThat(PENALTY.residual(x, new LeastSquares(ONES, TARGET).point(x).gradient()))
        .isGreaterThan(0.1);
  }

  @Test
  void bothOptimisersFindTheKnownSolution() {
    LeastSquares loss = new LeastSquares(ONES, TARGET);
    float[] known = PENALTY.proximal(TARGET, ONES);
    float[] start = new float[6];

    assertThat(gradient(loss, PENALTY, start, new Descent(300, 0, FitWatcher.NONE)))
        .containsExactly(known, within(1e-5f));
    assertThat(
            new ProximalAdam(0.01)
                .minimise(step -> loss, PENALTY, start, new Descent(3000, 0, FitWatcher.NONE)))
        .containsExactly(known, within(1e-2f));
  }

  @Test
  void anIllConditionedObjectiveNeverRisesAndEndsAtTheOptimum() {
    LeastSquares loss = illConditioned();
    Penalty penalty = new Penalty(0.05, 0.1, 8);
    Descent descent = new Descent(3000, 0, FitWatcher.NONE);

    float[] x = gradient(loss, penalty, new float[64], descent);

    assertThat(descent.objectives()).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(penalty.residual(x, loss.point(x).gradient())).isLessThan(1e-3);
    assertThat(penalty.alive(x)).isNotEmpty();
    assertThat(x).contains(0f);
  }

  @Test
  void aWarmStartEndsWhereAColdOneDoes() {
    LeastSquares loss = illConditioned();
    Penalty weak = new Penalty(0.02, 0.1, 8);
    float[] cold = gradient(loss, weak, new float[64], new Descent(5000, 0, FitWatcher.NONE));
    float[] strong =
        gradient(
            loss, new Penalty(0.02, 0.5, 8), new float[64], new Descent(5000, 0, FitWatcher.NONE));
    float[] warm = gradient(loss, weak, strong, new Descent(5000, 0, FitWatcher.NONE));

    assertThat(strong).isNotEqualTo(cold);
    assertThat(weak.alive(warm)).isEqualTo(weak.alive(cold));
    assertThat(warm).containsExactly(cold, within(1e-2f));
  }

  @Test
  void aPenaltyFromTheReportedStrengthOnSwitchesEverythingOff() {
    LeastSquares loss = new LeastSquares(ONES, TARGET);
    float[] zeros = new float[6];
    double off = PENALTY.offAt(loss.point(zeros).gradient());

    for (double share : new double[] {0.99, 1.01}) {
      Penalty penalty = new Penalty(0.2, off * share, 2);
      Descent descent = new Descent(100, 0, FitWatcher.NONE);
      float[] x = gradient(loss, penalty, zeros, descent);
      assertThat(penalty.alive(x).isEmpty()).isEqualTo(share > 1);
      assertThat(descent.settled()).isTrue();
    }
  }

  private static float[] gradient(Loss loss, Penalty penalty, float[] start, Descent descent) {
    return ProximalGradient.accelerated()
        .minimise(loss, penalty, start, loss.point(start), descent);
  }

  /** A loss with a tiny gradient is not taken for one that has settled. */
  @Test
  void aStepSizeIsFoundOverManyOrdersOfMagnitude() {
    LeastSquares loss = new LeastSquares(new double[] {1e-6, 2e-6}, new double[] {3, -2});
    Descent descent = new Descent(60, 1e-5, FitWatcher.NONE);

    assertThat(gradient(loss, Penalty.NONE, new float[2], descent))
        .containsExactly(new float[] {3, -2}, within(0.3f));
    assertThat(descent.rate()).isGreaterThan(1e4);
  }

  /** Under the path's rule every place but the strongest begins from a stronger one. */
  @Test
  void aPathGoesAlongAllPenaltiesAndTakesTheBest() {
    LeastSquares loss = new LeastSquares(ONES, TARGET);
    List<Strength> path = new PenaltyChoice(List.of(0.0, 0.2), List.of(0.6, 0.0, 4.0), 0.3).path();
    List<Boolean> cold = new ArrayList<>();
    PenaltyPath fitted =
        new PenaltyPath(
            path,
            true,
            (strength, start) -> {
              cold.add(start == null);
              Penalty penalty = new Penalty(strength.lambda1(), strength.lambda2(), 2);
              float[] zeros = start == null ? new float[6] : start;
              float[] x = gradient(loss, penalty, zeros, new Descent(300, 0, FitWatcher.NONE));
              assertThat(x).containsExactly(penalty.proximal(TARGET, ONES), within(1e-5f));
              double value = loss.value(x);
              return new PenaltyPath.Fit(
                  strength, x, 1, value, value, value, penalty.alive(x).size(), 0, 0);
            });

    assertThat(path).startsWith(new Strength(0.2, 4), new Strength(0.2, 0.6)).hasSize(6);
    assertThat(cold).containsExactly(true, false, false, false, false, false);
    assertThat(fitted.best().strength()).isEqualTo(new Strength(0, 0));
    assertThat(fitted.facts())
        .containsEntry("path.heads.alive", List.of(0.0, 2.0, 3.0, 0.0, 2.0, 3.0));
  }

  /** Curvatures from 0.01 to 100. */
  private static LeastSquares illConditioned() {
    CounterRandom random = CounterRandom.of(0, "least-squares");
    double[] c = new double[64];
    double[] b = new double[64];
    for (int i = 0; i < c.length; i++) {
      c[i] = Math.pow(10, 4 * random.uniform(i) - 2);
      b[i] = random.at(1).normal(i);
    }
    return new LeastSquares(c, b);
  }

  @Test
  void aPathStartsFromTheNextStrongerPenalty() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      Set<Strength> path = new HashSet<>();
      while (path.size() < 12) {
        path.add(new Strength(random.nextInt(5), random.nextInt(5)));
      }
      Map<Strength, Strength> expected = new HashMap<>();
      for (Strength each : path) {
        path.stream()
            .filter(other -> other.lambda1() >= each.lambda1())
            .filter(other -> other.lambda2() >= each.lambda2())
            .filter(other -> !other.equals(each))
            .min(Strength::compareTo)
            .ifPresent(other -> expected.put(each, other));
      }
      assertThat(Strength.starts(path)).isEqualTo(expected);
    }
  }
}
