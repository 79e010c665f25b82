package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;

class WindowsTest {
  @Test
  void everyTokenButTheFirstIsScoredOnce() {
    for (int length : new int[] {2, 7, 8, 9, 12, 13, 100}) {
      int[] tokens = IntStream.range(0, length).toArray();
      List<Integer> scored = new ArrayList<>();
      for (ScoringItem window : Windows.cut(tokens, 8, 4)) {
        for (int token : window.requests().get(0).continuation()) {
          scored.add(token);
        }
      }
      assertThat(scored)
          .as("%d tokens", length)
          .isEqualTo(IntStream.range(1, length).boxed().toList());
    }
  }

  @Test
  void laterWindowsSeeWindowMinusStrideTokensBefore() {
    List<ScoringItem> windows = Windows.cut(IntStream.range(0, 16).toArray(), 8, 4);
    Request second = windows.get(1).requests().get(0);
    assertThat(second.context()).containsExactly(4, 5, 6, 7);
    assertThat(second.continuation()).containsExactly(8, 9, 10, 11);
  }

  @Test
  void oneTokenHasNothingToScore() {
    assertThatThrownBy(() -> Windows.cut(new int[] {1}, 8, 4)).isInstanceOf(UserException.class);
  }
}
