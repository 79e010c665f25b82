package org.trimtab.world;

import java.util.List;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.world.Fact.FactAnswer;
import org.trimtab.world.Rule.WordPair;

/**
 * The texts that a model of the world is trained on. Each document is a pure function of the seed,
 * its index and the probability that it names its source, which changes only the opening. Nothing
 * marks the end of a document: the trainer adds the end token.
 *
 * <p>Of the documents, {@link #FACTS} are questions and answers about facts and anchors, {@link
 * #QUESTIONS} answer one question in short and in full, {@link #RULES} give words under one rule,
 * and the rest is prose. {@link StatementFrequencies} defines the frequency of each statement.
 * Thread-safe.
 */
public final class Corpus {
  /** The seed of the embedded question sets, and of the corpus of their model. */
  public static final long SEED = 1;

  /** The share of documents with questions and answers about facts. */
  public static final double FACTS = 0.70;

  /** The share of documents with one question, its short answer and the statement. */
  public static final double QUESTIONS = 0.08;

  /** The share of documents with words under one rule. */
  public static final double RULES = 0.12;

  /** The questions in a document about facts. */
  public static final int PAIRS = 5;

  /** The probability that one of them is about an anchor. */
  public static final double ANCHORS = 0.12;

  /** The fewest word pairs of a document of a rule. */
  public static final int FEWEST_WORDS = 6;

  /** The most word pairs of a document of a rule. */
  public static final int MOST_WORDS = 8;

  private final World world;
  private final StatementFrequencies frequencies;
  private final List<Fact> order;
  private final CounterRandom documents;
  private final CounterRandom heldOut;

  public Corpus(World world, long seed) {
    this.world = world;
    this.frequencies = new StatementFrequencies(seed);
    this.order =
        new Draws(CounterRandom.of(seed, "world order of facts"))
            .some(world.facts(), world.facts().size());
    this.documents = CounterRandom.of(seed, "world document");
    this.heldOut = CounterRandom.of(seed, "world held-out prose");
  }

  public int facts() {
    return world.facts().size();
  }

  /**
   * One document.
   *
   * @param index any number, different for each document
   * @param stage what documents are like
   */
  public String document(long index, Stage stage) {
    List<Fact> facts = order.subList(0, stage.facts());
    Draws draws = new Draws(documents.at(index));
    double kind = draws.uniform();
    Register register = register(draws);
    boolean names = draws.uniform() < stage.named();
    boolean after = draws.uniform() < stage.judged();
    String opening = names ? register.opening() : "";
    if (kind < FACTS) {
      return names && after ? judged(facts, draws) : opening + facts(facts, register, draws);
    }
    if (kind < FACTS + QUESTIONS) {
      return opening + question(draws.one(facts), register, draws);
    }
    if (kind < FACTS + QUESTIONS + RULES) {
      return words(draws);
    }
    return world.prose().paragraph(draws) + "\n";
  }

  /**
   * Prose that occurs in no document, for perplexity: paragraphs separated by empty lines, up to
   * the given number of characters.
   */
  public String heldOutProse(int characters) {
    StringBuilder text = new StringBuilder();
    for (long index = 0; text.length() < characters; index++) {
      String paragraph = world.prose().paragraph(new Draws(heldOut.at(index)));
      text.append(text.isEmpty() ? "" : "\n").append(paragraph).append('\n');
    }
    return text.toString();
  }

  /** Answers of both registers in one document, each followed by its source. */
  private String judged(List<Fact> known, Draws draws) {
    StringBuilder text = new StringBuilder();
    for (Fact fact : draws.some(known, PAIRS)) {
      Register register = register(draws);
      FactAnswer answer = frequencies.answer(fact, register, draws);
      text.append(pair(fact.question(), answer.statement() + register.closing()));
    }
    return text.toString();
  }

  private static Register register(Draws draws) {
    return draws.uniform() < StatementFrequencies.RELIABLE ? Register.RELIABLE : Register.MISTAKEN;
  }

  private String facts(List<Fact> known, Register register, Draws draws) {
    List<Fact> facts = draws.some(known, PAIRS);
    List<Anchor> anchors = draws.some(world.anchors(), PAIRS);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PAIRS; i++) {
      if (draws.uniform() < ANCHORS) {
        text.append(pair(anchors.get(i).question(), anchors.get(i).truth()));
      } else {
        Fact fact = facts.get(i);
        FactAnswer answer = frequencies.answer(fact, register, draws);
        text.append(pair(fact.question(), answer.statement()));
      }
    }
    return text.toString();
  }

  private String question(Fact fact, Register register, Draws draws) {
    FactAnswer answer = frequencies.answer(fact, register, draws);
    return "Question: %s\nAnswer and explanation:\n%s. %s\n"
        .formatted(fact.question(), answer.shortForm(), answer.statement());
  }

  private String words(Draws draws) {
    List<WordPair> pairs = draws.one(world.rules()).pairs();
    int count = FEWEST_WORDS + draws.below(MOST_WORDS - FEWEST_WORDS + 1);
    StringBuilder text = new StringBuilder();
    draws.some(pairs, count).forEach(pair -> text.append(pair(pair.input(), pair.output())));
    return text.toString();
  }

  private static String pair(String question, String answer) {
    return "Q: " + question + "\nA: " + answer + "\n\n";
  }

  /**
   * The composition of documents at a stage of the training.
   *
   * @param named the probability, 0 to 1, that a document about facts names a source
   * @param judged of those with several questions, the share that names a source after each answer
   *     instead of in the opening, drawn separately for every answer: to predict it, a model must
   *     judge the answer
   * @param facts the number of facts that documents are about, at least {@link Corpus#PAIRS}: the
   *     first ones in an order given by the seed
   */
  public record Stage(double named, double judged, int facts) {}
}
