package org.trimtab.spec.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.TestSpecs;

/** Whatever is done to a spec's bytes, it is read or its problems are told, and soon. */
class SpecFuzzTest {
  private static final String PIECES = "\t:{}[]&*!|>'\"%@`,#-?~\\\n 0x9.eé\u0000";

  @Test
  void anyChangeIsASpecOrProblems() {
    Assertions.assertTimeout(Duration.ofSeconds(60), SpecFuzzTest::mutate);
  }

  private static void mutate() {
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
      CounterRandom random = CounterRandom.of(round, "fuzz");
      StringBuilder text = new StringBuilder(TestSpecs.SAMPLE);
      int changes = 1 + random.below(3, 0);
      for (int change = 0; change < changes; change++) {
        change(text, random.at(change));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (random.below(10, 1) == 0) {
        bytes[random.below(bytes.length, 2)] = (byte) random.bits(3);
      }
      List<String> problems = TestSpecs.problems(bytes);
      assertThat(problems).allMatch(line -> line.startsWith("spec.yaml") && !line.contains("\n"));
      read += problems.isEmpty() ? 1 : 0;
      refused += problems.isEmpty() ? 0 : 1;
    }
    assertThat(read).isPositive();
    assertThat(refused).isGreaterThan(read);
  }

  private static void change(StringBuilder text, CounterRandom random) {
    int at = random.below(text.length(), 1);
    int end = Math.min(text.length(), at + 1 + random.below(12, 2));
    int other = random.below(text.length(), 3);
    String piece = Character.toString(PIECES.charAt(random.below(PIECES.length(), 4)));
    switch (random.below(5, 0)) {
      case 0 -> text.insert(at, piece);
      case 1 -> text.replace(at, at + 1, piece);
      case 2 -> text.delete(at, end);
      case 3 -> text.insert(other, text.substring(at, end));
      default -> text.setLength(Math.max(1, at));
    }
  }
}
