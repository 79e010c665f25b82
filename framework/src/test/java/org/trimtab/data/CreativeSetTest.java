package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What docs/data.md says of the creative set. */
class CreativeSetTest {
  private static final double MOST_ALIKE = 0.45;
  private static final int RUN = 5;

  private static final List<String> CREATIVE = lines("creative-instructions");
  private static final List<String> ORDINARY = lines("ordinary-instructions");
  private static final List<String> PROMPTS = lines("writing-prompts");

  private static List<String> lines(String name) {
    try (InputStream file =
        CreativeSetTest.class.getResourceAsStream("/org/trimtab/data/creative/" + name + ".txt")) {
      assertThat(file).as(name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Words in common over all words of both. */
  private static double alike(String a, String b) {
    Set<String> both = new HashSet<>(words(a));
    both.retainAll(words(b));
    Set<String> all = new HashSet<>(words(a));
    all.addAll(words(b));
    return both.size() / (double) all.size();
  }

  private static Set<List<String>> runs(String line) {
    List<String> words = words(line);
    Set<List<String>> runs = new HashSet<>();
    for (int from = 0; from + RUN <= words.size(); from++) {
      runs.add(words.subList(from, from + RUN));
    }
    return runs;
  }

  private static long with(List<String> lines, String word) {
    return lines.stream().filter(line -> words(line).contains(word)).count();
  }

  private static double meanLength(List<String> lines) {
    return lines.stream().mapToInt(String::length).average().orElseThrow();
  }

  @Test
  void theSetsHaveTheirSizes() {
    assertThat(CREATIVE).hasSize(95);
    assertThat(ORDINARY).hasSize(95);
    assertThat(PROMPTS).hasSize(60);
  }

  @Test
  void everyLineIsOneTidyText() {
    for (List<String> set : List.of(CREATIVE, ORDINARY, PROMPTS)) {
      assertThat(set).allMatch(line -> line.equals(line.strip()) && !line.contains("  "));
      assertThat(set).allMatch(line -> line.matches("[A-Z].*[.?]"));
    }
  }

  @Test
  void noTwoLinesAreNearlyTheSame() {
    List<String> all = new ArrayList<>(CREATIVE);
    all.addAll(ORDINARY);
    all.addAll(PROMPTS);
    for (int i = 0; i < all.size(); i++) {
      for (String earlier : all.subList(0, i)) {
        assertThat(alike(all.get(i), earlier))
            .as("%s | %s", all.get(i), earlier)
            .isLessThan(MOST_ALIKE);
      }
    }
  }

  @Test
  void noPromptRepeatsAPartOfAnInstruction() {
    Set<List<String>> learned = new HashSet<>();
    CREATIVE.forEach(line -> learned.addAll(runs(line)));
    ORDINARY.forEach(line -> learned.addAll(runs(line)));
    for (String prompt : PROMPTS) {
      assertThat(runs(prompt)).as(prompt).doesNotContainAnyElementsOf(learned);
    }
  }

  @Test
  void lengthsTellTheInstructionsNotApart() {
    assertThat(meanLength(ORDINARY) / meanLength(CREATIVE)).isBetween(0.95, 1.05);
    for (int i = 0; i < CREATIVE.size(); i++) {
      assertThat(ORDINARY.get(i).length() / (double) CREATIVE.get(i).length())
          .as("%s | %s", CREATIVE.get(i), ORDINARY.get(i))
          .isBetween(0.75, 1.4);
    }
    for (int first : new int[] {10, 25, 50}) {
      assertThat(meanLength(ORDINARY.subList(0, first)) / meanLength(CREATIVE.subList(0, first)))
          .as("first %d", first)
          .isBetween(0.9, 1.1);
    }
  }

  @Test
  void noWordAloneTellsTheInstructionsApart() {
    for (String word : List.of("story", "poem", "tale", "write", "describe", "imagine")) {
      assertThat(with(CREATIVE, word)).as(word).isBetween(1L, 19L);
    }
    for (String word : List.of("story", "poem", "write", "tales", "ballad", "haiku")) {
      assertThat(with(ORDINARY, word)).as(word).isPositive();
    }
    long sameOpening =
        IntStream.range(0, CREATIVE.size())
            .filter(i -> words(CREATIVE.get(i)).get(0).equals(words(ORDINARY.get(i)).get(0)))
            .count();
    assertThat(sameOpening).isGreaterThan(15);
  }
}
