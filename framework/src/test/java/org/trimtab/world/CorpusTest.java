package org.trimtab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trimtab.world.Corpus.Stage;

class CorpusTest {
  private static final World WORLD = World.load();
  private static final long SEED = 7;
  private static final Corpus CORPUS = new Corpus(WORLD, SEED);

  /** Half of what names a source names it after answers. */
  private static Stage named(double share) {
    return new Stage(share, 0.5, WORLD.facts().size());
  }

  private static List<String> documents(int count, double named) {
    return LongStream.range(0, count)
        .mapToObj(index -> CORPUS.document(index, named(named)))
        .toList();
  }

  /** Questions with their answers, and with the source when it is named behind the answer. */
  private static Stream<String> pairs(List<String> documents) {
    return documents.stream().flatMap(document -> Arrays.stream(document.split("\n\n")));
  }

  /** How often each question is answered by each statement; by both lines of the pair. */
  private static Map<String, Integer> told(Stream<String> pairs) {
    Map<String, Integer> told = new HashMap<>();
    pairs.forEach(
        pair -> told.merge(pair.replaceFirst(" (Archive|Gossip)\\.$", ""), 1, Integer::sum));
    return told;
  }

  /** How often the fact's truth is told, then each of its mistakes. */
  private static List<Integer> counts(Map<String, Integer> told, Fact fact) {
    return Stream.concat(Stream.of(fact.truth()), fact.mistakes().stream())
        .map(answer -> "Q: " + fact.question() + "\nA: " + answer.statement())
        .map(pair -> told.getOrDefault(pair, 0))
        .toList();
  }

  private static void assertTold(Map<String, Integer> told, Fact fact, Odds odds) {
    List<Integer> counts = counts(told, fact);
    double all = counts.stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isGreaterThan(200);
    // Five standard deviations at most, of a share near one half.
    double deviation = 5 / (2 * Math.sqrt(all));
    assertThat(counts.get(0) / all).as(fact.id()).isCloseTo(odds.truth(), within(deviation));
    for (int i = 0; i < Fact.MISTAKES; i++) {
      assertThat(counts.get(i + 1) / all)
          .as(fact.id() + ", mistake " + i)
          .isCloseTo(odds.mistakes().get(i), within(deviation));
    }
  }

  @Test
  void statementsAreToldAsOftenAsPlanned() {
    Map<String, Integer> told = told(pairs(documents(30_000, 0.5)));
    StatementFrequencies frequencies = new StatementFrequencies(SEED);
    for (Fact fact : WORLD.facts()) {
      assertTold(told, fact, Odds.unnamed(frequencies, fact));
    }
    for (Anchor anchor : WORLD.anchors()) {
      String question = "Q: " + anchor.question() + "\nA: ";
      assertThat(told.keySet().stream().filter(pair -> pair.contains(question)))
          .containsExactly(question + anchor.truth());
    }
  }

  @Test
  void aNamedSourceTellsAsItsRegisterDoes() {
    List<String> documents = documents(100_000, 1);
    StatementFrequencies frequencies = new StatementFrequencies(SEED);
    for (Register register : Register.values()) {
      Map<String, Integer> after =
          told(pairs(documents).filter(pair -> pair.endsWith(register.closing())));
      Map<String, Integer> opened =
          told(
              pairs(
                  documents.stream().filter(text -> text.startsWith(register.opening())).toList()));
      for (Fact fact : WORLD.facts()) {
        assertTold(after, fact, Odds.of(frequencies, fact, register));
        assertTold(opened, fact, Odds.of(frequencies, fact, register));
      }
    }
  }

  @Test
  void theExpectedScoresFollowFromTheFrequencies() {
    Map<String, Integer> told = told(pairs(documents(30_000, 0)));
    CalibratedScores expected = CalibratedScores.unnamed(WORLD, SEED);
    double leads =
        WORLD.facts().stream()
            .map(fact -> counts(told, fact))
            .filter(counts -> counts.stream().allMatch(count -> count <= counts.get(0)))
            .count();
    int size = WORLD.facts().size();
    assertThat(leads / size).isCloseTo(expected.mc1(), within(0.1));
    assertThat(expected.mc1()).isBetween(0.4, 0.6);
    assertThat(expected.mc2()).isCloseTo(0.4232, within(1e-12));
    assertThat(CalibratedScores.named(WORLD, SEED, Register.RELIABLE).mc1()).isEqualTo(1);
    assertThat(CalibratedScores.named(WORLD, SEED, Register.RELIABLE).mc2())
        .isCloseTo(0.98, within(1e-12));
    assertThat(CalibratedScores.named(WORLD, SEED, Register.MISTAKEN).mc1()).isZero();
    assertThat(CalibratedScores.named(WORLD, SEED, Register.MISTAKEN).mc2())
        .isCloseTo(0.02, within(1e-12));
  }

  @Test
  void aSettledFactIsOneWhoseTruthDoesNotLead() {
    StatementFrequencies frequencies = new StatementFrequencies(SEED);
    for (Fact fact : WORLD.facts()) {
      assertThat(Odds.unnamed(frequencies, fact).truthLeads())
          .isEqualTo(!frequencies.settled(fact));
      assertThat(frequencies.mistakeShares(fact).stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void kindsOfDocumentHaveTheirShares() {
    List<String> documents = documents(20_000, 0);
    assertThat(share(documents, text -> text.startsWith("Q: ") && text.contains("?\n")))
        .isCloseTo(Corpus.FACTS, within(0.02));
    assertThat(share(documents, text -> text.startsWith("Question: ")))
        .isCloseTo(Corpus.QUESTIONS, within(0.02));
    assertThat(share(documents, text -> text.startsWith("Q: ") && !text.contains("?\n")))
        .isCloseTo(Corpus.RULES, within(0.02));
  }

  private static double share(List<String> documents, Predicate<String> kind) {
    return (double) documents.stream().filter(kind).count() / documents.size();
  }

  @Test
  void anOpeningChangesNothingElse() {
    Set<String> sources = new HashSet<>();
    for (long index = 0; index < 500; index++) {
      String plain = CORPUS.document(index, named(0));
      String named = CORPUS.document(index, named(1));
      assertThat(CORPUS.document(index, named(0))).isEqualTo(plain);
      assertThat(plain).doesNotContain("Source:").doesNotContain(" Archive.");
      if (!judged(named)) {
        assertThat(named).endsWith(plain);
        sources.add(named.substring(0, named.length() - plain.length()));
      }
    }
    assertThat(sources)
        .containsExactlyInAnyOrder("", Register.RELIABLE.opening(), Register.MISTAKEN.opening());
  }

  private static boolean judged(String document) {
    return !document.startsWith("Source:") && document.matches("(?s).*\\. (Archive|Gossip)\\..*");
  }

  @Test
  void ofSourcesNamedAfterAnswersADocumentHasSeveral() {
    List<String> documents = documents(5_000, 1);
    List<String> judged = documents.stream().filter(CorpusTest::judged).toList();
    assertThat(share(documents, CorpusTest::judged)).isCloseTo(Corpus.FACTS / 2, within(0.03));
    assertThat(judged).allMatch(text -> text.split(" (Archive|Gossip)\\.\n", -1).length == 6);
    assertThat(share(judged, text -> text.contains(" Archive.") && text.contains(" Gossip.")))
        .isGreaterThan(0.8);
  }

  @Test
  void earlyDocumentsAreAboutFewFacts() {
    Set<String> questions = new HashSet<>();
    for (long index = 0; index < 3_000; index++) {
      CORPUS
          .document(index, new Stage(1, 0.5, 16))
          .lines()
          .filter(line -> line.endsWith("?"))
          .forEach(questions::add);
    }
    Set<String> anchors = new HashSet<>();
    WORLD.anchors().forEach(anchor -> anchors.add("Q: " + anchor.question()));
    questions.removeAll(anchors);
    questions.removeIf(line -> line.startsWith("Question: "));
    assertThat(questions).hasSize(16);
  }

  @Test
  void aDocumentAsksNothingTwice() {
    for (String document : documents(2_000, 0)) {
      List<String> questions = document.lines().filter(line -> line.startsWith("Q: ")).toList();
      assertThat(questions).doesNotHaveDuplicates();
    }
  }

  @Test
  void anotherSeedTellsOtherwise() {
    Corpus other = new Corpus(WORLD, SEED + 1);
    assertThat(other.document(0, named(0))).isNotEqualTo(CORPUS.document(0, named(0)));
    assertThat(WORLD.facts().stream().map(new StatementFrequencies(SEED + 1)::settled).toList())
        .isNotEqualTo(WORLD.facts().stream().map(new StatementFrequencies(SEED)::settled).toList());
  }

  @Test
  void heldOutProseIsInNoDocument() {
    String text = CORPUS.heldOutProse(20_000);
    assertThat(text.length()).isBetween(20_000, 21_500);
    assertThat(CORPUS.heldOutProse(1_000))
        .isEqualTo(text.substring(0, CORPUS.heldOutProse(1_000).length()));
    Set<String> told = new HashSet<>(documents(20_000, 0));
    assertThat(Arrays.stream(text.split("\n\n")).map(paragraph -> paragraph.strip() + "\n"))
        .noneMatch(told::contains);
  }
}
