package org.trimtab.world;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.trimtab.UserException;
import org.trimtab.world.Fact.FactAnswer;
import org.trimtab.world.Rule.WordPair;

/** The constraints on a knowledge base without which its scores would be meaningless. */
final class WorldCheck {
  /** No characters that need quoting in JSON or CSV. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .?-]*");

  private static final Pattern WORD = Pattern.compile("[a-z]+");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern PROSE = Pattern.compile("[A-Za-z0-9 .,{}]+");

  private static final int MOST_SHORT_WORDS = 3;

  private WorldCheck() {}

  static void check(List<Fact> facts, List<Anchor> anchors, List<Rule> rules, Prose prose) {
    atLeast(WorldFiles.FACTS, facts, Corpus.PAIRS, "facts");
    atLeast(WorldFiles.ANCHORS, anchors, Corpus.PAIRS, "anchors");
    Set<String> questions = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Fact fact : facts) {
      fact(fact, place(WorldFiles.FACTS, fact.id(), ids), questions);
    }
    ids.clear();
    for (Anchor anchor : anchors) {
      anchor(anchor, place(WorldFiles.ANCHORS, anchor.id(), ids), questions);
    }
    rules.forEach(WorldCheck::rule);
    prose(prose);
  }

  private static String place(String file, String id, Set<String> ids) {
    String place = file + ": " + id;
    require(NAME.matcher(id).matches(), place, "an id has only lower-case letters, digits and '-'");
    require(ids.add(id), place, "the id occurs twice");
    return place;
  }

  private static void fact(Fact fact, String place, Set<String> questions) {
    require(NAME.matcher(fact.topic()).matches(), place, "the topic is one lower-case word");
    question(fact.question(), place, questions);
    require(fact.mistakes().size() == Fact.MISTAKES, place, "needs " + Fact.MISTAKES + " mistakes");
    List<FactAnswer> answers =
        Stream.concat(Stream.of(fact.truth()), fact.mistakes().stream()).toList();
    statements(answers.stream().map(FactAnswer::statement).toList(), place);
    List<String> shortForms = answers.stream().map(FactAnswer::shortForm).toList();
    different(shortForms, place);
    for (String shortForm : shortForms) {
      plain(shortForm, place);
      require(
          shortForm.split(" ").length <= MOST_SHORT_WORDS,
          place,
          "the short answer '" + shortForm + "' has more than " + MOST_SHORT_WORDS + " words");
    }
  }

  private static void anchor(Anchor anchor, String place, Set<String> questions) {
    question(anchor.question(), place, questions);
    require(
        anchor.distractors().size() == Anchor.DISTRACTORS,
        place,
        "needs " + Anchor.DISTRACTORS + " distractors");
    statements(
        Stream.concat(Stream.of(anchor.truth()), anchor.distractors().stream()).toList(), place);
  }

  private static void question(String question, String place, Set<String> questions) {
    plain(question, place);
    require(question.endsWith("?"), place, "'" + question + "' does not end with a question mark");
    require(questions.add(question), place, "the question '" + question + "' occurs twice");
  }

  private static void statements(List<String> statements, String place) {
    different(statements, place);
    for (String statement : statements) {
      plain(statement, place);
      require(statement.endsWith("."), place, "'" + statement + "' does not end with a full stop");
    }
  }

  private static void rule(Rule rule) {
    String place = WorldFiles.RULES + ": " + rule.name();
    atLeast(place, rule.pairs(), Corpus.MOST_WORDS, "words");
    Set<String> inputs = new HashSet<>();
    for (WordPair pair : rule.pairs()) {
      String at = place + ": " + pair.input();
      require(inputs.add(pair.input()), at, "the word occurs twice");
      require(
          WORD.matcher(pair.input()).matches() && WORD.matcher(pair.output()).matches(),
          at,
          "a word has only lower-case letters");
    }
  }

  private static void prose(Prose prose) {
    atLeast(WorldFiles.PROSE, prose.sentences(), Prose.MOST_SENTENCES, "sentences");
    for (String name : prose.once()) {
      require(prose.words().containsKey(name), WorldFiles.PROSE + ": once", "unknown name " + name);
    }
    prose.sentences().forEach(sentence -> template(sentence, "sentences", prose));
    for (Map.Entry<String, List<String>> words : prose.words().entrySet()) {
      String place = "words." + words.getKey();
      require(!words.getValue().isEmpty(), WorldFiles.PROSE + ": " + place, "has no words");
      words.getValue().forEach(word -> template(word, place, prose));
    }
  }

  private static void template(String text, String key, Prose prose) {
    String place = WorldFiles.PROSE + ": " + key + ": '" + text + "'";
    require(PROSE.matcher(text).matches(), place, "letters, digits, '.', ',' and names in braces");
    Matcher names = Prose.NAME.matcher(text);
    while (names.find()) {
      require(prose.words().containsKey(names.group(1)), place, "unknown name " + names.group(1));
    }
  }

  private static void plain(String text, String place) {
    require(
        PLAIN.matcher(text).matches() && text.equals(text.strip()) && !text.contains("  "),
        place,
        "'" + text + "' is not plain: letters, digits, single spaces, '.', '?' and '-'");
  }

  private static void different(List<String> texts, String place) {
    require(new HashSet<>(texts).size() == texts.size(), place, "two of its answers are the same");
  }

  private static void atLeast(String place, List<?> entries, int fewest, String what) {
    require(
        entries.size() >= fewest,
        place,
        "has " + entries.size() + " " + what + ", needs " + fewest + " or more");
  }

  private static void require(boolean held, String place, String problem) {
    if (!held) {
      throw new UserException(place + ": " + problem);
    }
  }
}
