package org.trimtab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.trimtab.UserException;

/** The kind of a data set's items, which determines the reader of its file. */
public enum DatasetKind {
  /** Questions with true and false choices. */
  MULTIPLE_CHOICE("multiple-choice questions") {
    @Override
    public int items(Path file) {
      return MultipleChoice.read(file).size();
    }
  },
  /** Pairs of a prompt and a target. */
  PAIRS("pairs of a prompt and a target") {
    @Override
    public int items(Path file) {
      return Pair.read(file).size();
    }
  },
  /** Questions with one short answer. */
  SHORT_QUESTIONS("short questions") {
    @Override
    public int items(Path file) {
      return ShortQuestion.read(file).size();
    }
  },
  /** Questions with the shares of people who chose each option. */
  OPINIONS("opinions of people") {
    @Override
    public int items(Path file) {
      return Files.isDirectory(file) ? OpinionWave.questions(file) : Opinion.read(file).size();
    }
  },
  /** Contexts with a true completion and false ones. */
  FACTS("facts with distractors") {
    @Override
    public int items(Path file) {
      return Fact.read(file).size();
    }
  },
  /** Pairs of a text with a property and a text without it. */
  CONTRASTS("pairs of contrasting texts") {
    @Override
    public int items(Path file) {
      return ContrastTexts.read(List.of(file)).size();
    }
  },
  /** Running text, which its evaluator cuts into windows: one item. */
  TEXT("running text") {
    @Override
    public int items(Path file) {
      return 1;
    }
  };

  private final String words;

  DatasetKind(String words) {
    this.words = words;
  }

  /** Its items in words for people, behind "has". */
  public String words() {
    return words;
  }

  /**
   * The number of items of a file of this kind.
   *
   * @throws UserException when it has another form
   */
  public abstract int items(Path file);

  /**
   * The kind of a file: by its extension and the fields of its first item. A folder holds opinions.
   *
   * @throws UserException when the kind is unknown; names the known forms
   */
  public static DatasetKind of(Path file) {
    if (Files.isDirectory(file)) {
      return OPINIONS;
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.matches(".*\\.(csv|json|jsonl)")) {
      return TEXT;
    }
    ItemFile.Item first = ItemFile.read(file).get(0);
    if (MultipleChoice.is(first)) {
      return MULTIPLE_CHOICE;
    }
    if (first.has("problem")) {
      return SHORT_QUESTIONS;
    }
    if (first.has("input") || first.has("prompt")) {
      return PAIRS;
    }
    if (first.has("positive") || first.has("negative")) {
      return CONTRASTS;
    }
    if (first.has("option_ordinal")) {
      return OPINIONS;
    }
    if (Fact.is(first)) {
      return FACTS;
    }
    throw new UserException(
        ("%s: no known kind of data set. Items have 'question', 'mc1_targets' and"
                + " 'mc2_targets', or the columns of TruthfulQA.csv (multiple choice); 'problem' and"
                + " 'answer' (short questions); 'input' and 'output', or 'prompt' and 'target'"
                + " (pairs); 'question', 'options', 'option_ordinal' and 'shares' (opinions); 'id',"
                + " 'context', 'truth' and 'distractors' (facts); or 'positive' and 'negative'"
                + " (contrasting texts). Found: %s.")
            .formatted(first.place(), String.join(", ", first.names())));
  }
}
