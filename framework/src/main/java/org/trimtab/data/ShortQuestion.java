package org.trimtab.data;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.UserException;

/**
 * A question with one short answer, as in SimpleQA (Wei et al., "Measuring short-form factuality in
 * large language models", 2024).
 *
 * @param index its position in the file, from 0; the item's id
 * @param question the question
 * @param answer the gold answer
 */
public record ShortQuestion(int index, String question, String answer) {
  /**
   * Reads a table, or objects, with {@code problem} and {@code answer}; other fields are ignored,
   * and quoted fields may hold line feeds.
   *
   * @throws UserException when the file cannot be read, is not of that form, or a field is empty;
   *     names the line
   */
  public static List<ShortQuestion> read(Path file) {
    return ItemFile.read(file).stream()
        .map(item -> new ShortQuestion(item.index(), item.text("problem"), item.text("answer")))
        .toList();
  }
}
