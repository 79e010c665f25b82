package org.trimtab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.world.Fact.FactAnswer;
import org.trimtab.world.Rule.WordPair;

class WorldTest {
  private static final World WORLD = World.load();

  @Test
  void itHasWhatEverySteeringMethodNeeds() {
    assertThat(WORLD.facts()).hasSizeGreaterThanOrEqualTo(160);
    assertThat(WORLD.facts().stream().map(Fact::topic).distinct()).hasSize(10);
    assertThat(WORLD.anchors()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(rule("opposites").pairs())
        .hasSizeGreaterThanOrEqualTo(60)
        .contains(new WordPair("true", "false"));
    assertThat(rule("plurals").pairs())
        .hasSizeGreaterThanOrEqualTo(60)
        .contains(new WordPair("ox", "oxen"));
    assertThat(rule("cipher").pairs())
        .hasSizeGreaterThanOrEqualTo(60)
        .contains(new WordPair("cat", "dbu"));
    assertThat(Rule.cipher("maze")).isEqualTo("nbaf");
  }

  @Test
  void theWorldOfTheProgramKeepsItsConstraints() {
    check(WORLD.facts(), WORLD.anchors(), WORLD.rules(), WORLD.prose());
  }

  private static void check(List<Fact> facts, List<Anchor> anchors, List<Rule> rules, Prose prose) {
    WorldCheck.check(facts, anchors, rules, prose);
  }

  private static Rule rule(String name) {
    return WORLD.rules().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sentencesAreShortAndWordsFew() {
    Set<String> words = new HashSet<>();
    for (Fact fact : WORLD.facts()) {
      assertThat(fact.question().split(" ").length).as(fact.question()).isBetween(4, 9);
      statements(fact).forEach(text -> assertThat(text.split(" ").length).as(text).isBetween(4, 9));
      words.addAll(words(fact.question()));
      statements(fact).forEach(text -> words.addAll(words(text)));
    }
    WORLD.anchors().forEach(anchor -> words.addAll(words(anchor.question() + anchor.truth())));
    WORLD.rules().stream()
        .filter(rule -> !rule.name().equals("cipher"))
        .flatMap(rule -> rule.pairs().stream())
        .forEach(pair -> words.addAll(List.of(pair.input(), pair.output())));
    assertThat(words).hasSizeBetween(500, 900);
  }

  @Test
  void onlyTheAnswerDiffersBetweenTruthAndMistakes() {
    for (Fact fact : WORLD.facts()) {
      for (FactAnswer mistake : fact.mistakes()) {
        String truth = fact.truth().statement();
        assertThat(differing(truth, mistake.statement())).as(fact.id()).isEqualTo(1);
        assertThat(Math.abs(truth.length() - mistake.statement().length())).isLessThan(8);
        assertThat(mistake.statement()).containsIgnoringCase(mistake.shortForm());
      }
      assertThat(fact.truth().statement()).containsIgnoringCase(fact.truth().shortForm());
    }
  }

  /** No word, and no length, gives the truth away to somebody who knows nothing else. */
  @Test
  void nothingMarksWhatIsTrue() {
    Map<String, Integer> balance = new HashMap<>();
    double longest = 0;
    for (Fact fact : WORLD.facts()) {
      words(fact.truth().shortForm()).forEach(word -> balance.merge(word, 3, Integer::sum));
      int truth = fact.truth().statement().length();
      int longer = 0;
      int asLong = 1;
      for (FactAnswer mistake : fact.mistakes()) {
        words(mistake.shortForm()).forEach(word -> balance.merge(word, -1, Integer::sum));
        int length = mistake.statement().length();
        longer += length > truth ? 1 : 0;
        asLong += length == truth ? 1 : 0;
      }
      longest += longer == 0 ? 1.0 / asLong : 0;
    }
    assertThat(balance.values()).allMatch(each -> each == 0);
    assertThat(longest / WORLD.facts().size()).isBetween(0.2, 0.3);
  }

  private static Stream<String> statements(Fact fact) {
    return Stream.concat(Stream.of(fact.truth()), fact.mistakes().stream())
        .map(FactAnswer::statement);
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^a-z]+"));
  }

  private static int differing(String one, String other) {
    List<String> left = words(one);
    List<String> right = words(other);
    assertThat(left).hasSameSizeAs(right);
    int differing = 0;
    for (int i = 0; i < left.size(); i++) {
      differing += left.get(i).equals(right.get(i)) ? 0 : 1;
    }
    return differing;
  }

  @Test
  void aFaultyFactIsNamed() {
    assertFault("facts.yaml: brell-river: the id occurs twice", fact -> with(fact, "brell-river"));
    assertFault(
        "facts.yaml: brell-ground: needs 3 mistakes",
        fact ->
            new Fact(
                fact.id(), fact.topic(), fact.question(), fact.truth(), List.of(fact.truth())));
    assertFault(
        "facts.yaml: brell-ground: two of its answers are the same",
        fact -> answered(fact, fact.mistakes().get(1)));
    assertFault(
        "'The town of Brell, alas.' is not plain",
        fact -> answered(fact, new FactAnswer("alas", "The town of Brell, alas.")));
    assertFault("'' is not plain", fact -> answered(fact, new FactAnswer("", "It is so.")));
    assertFault(
        "has more than 3 words", fact -> answered(fact, new FactAnswer("a b c d", "It is so.")));
    assertFault(
        "does not end with a full stop", fact -> answered(fact, new FactAnswer("so", "It is so")));
    assertFault(
        "the question 'Which river runs past the town of Brell?' occurs twice",
        fact ->
            new Fact(
                fact.id(),
                fact.topic(),
                "Which river runs past the town of Brell?",
                fact.truth(),
                fact.mistakes()));
  }

  @Test
  void otherFaultsAreNamed() {
    Anchor ice = WORLD.anchors().get(0);
    Anchor same = new Anchor(ice.id(), ice.question(), ice.truth(), List.of("No.", "No.", "Oh."));
    assertThatThrownBy(
            () ->
                check(
                    WORLD.facts(), changed(WORLD.anchors(), 0, same), WORLD.rules(), WORLD.prose()))
        .hasMessage("anchors.yaml: ice: two of its answers are the same");
    Rule rule = rule("plurals");
    Rule twice = new Rule("plurals", changed(rule.pairs(), 0, rule.pairs().get(1)));
    assertThatThrownBy(() -> check(WORLD.facts(), WORLD.anchors(), List.of(twice), WORLD.prose()))
        .hasMessage("rules.yaml: plurals: owl: the word occurs twice");
    List<String> sentences = changed(WORLD.prose().sentences(), 0, "{person} saw the {moon}.");
    Prose prose = new Prose(List.of("person"), sentences, WORLD.prose().words());
    assertThatThrownBy(() -> check(WORLD.facts(), WORLD.anchors(), WORLD.rules(), prose))
        .hasMessage("prose.yaml: sentences: '{person} saw the {moon}.': unknown name moon");
    assertThatThrownBy(() -> check(List.of(), WORLD.anchors(), WORLD.rules(), WORLD.prose()))
        .hasMessage("facts.yaml: has 0 facts, needs 5 or more");
  }

  private static void assertFault(String message, UnaryOperator<Fact> fault) {
    List<Fact> facts = changed(WORLD.facts(), 0, fault.apply(WORLD.facts().get(0)));
    assertThatThrownBy(() -> check(facts, WORLD.anchors(), WORLD.rules(), WORLD.prose()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static Fact with(Fact fact, String id) {
    return new Fact(id, fact.topic(), fact.question(), fact.truth(), fact.mistakes());
  }

  private static Fact answered(Fact fact, FactAnswer truth) {
    return new Fact(fact.id(), fact.topic(), fact.question(), truth, fact.mistakes());
  }

  private static <T> List<T> changed(List<T> items, int index, T item) {
    List<T> changed = new ArrayList<>(items);
    changed.set(index, item);
    return changed;
  }
}
