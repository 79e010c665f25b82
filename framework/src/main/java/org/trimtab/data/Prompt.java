package org.trimtab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.io.InputFile;

/**
 * What a model is asked to continue: a line of a text file, or the question or prompt of an item.
 *
 * @param index the line, or the item's position, from 0; its id
 * @param text the prompt
 */
public record Prompt(int index, String text) {
  /** The kinds of data that hold prompts; of running text every line is one. */
  public static final Set<DatasetKind> KINDS =
      EnumSet.of(
          DatasetKind.TEXT,
          DatasetKind.PAIRS,
          DatasetKind.SHORT_QUESTIONS,
          DatasetKind.MULTIPLE_CHOICE);

  /**
   * Reads the prompts of a file of one of the {@link #KINDS}.
   *
   * @throws UserException when the file cannot be read or has another form, and for an empty line;
   *     names the line
   */
  public static List<Prompt> read(Path file) {
    return switch (DatasetKind.of(file)) {
      case TEXT -> lines(file);
      case PAIRS ->
          Pair.read(file).stream().map(each -> new Prompt(each.index(), each.prompt())).toList();
      case SHORT_QUESTIONS ->
          ShortQuestion.read(file).stream()
              .map(each -> new Prompt(each.index(), each.question()))
              .toList();
      case MULTIPLE_CHOICE ->
          MultipleChoice.read(file).stream()
              .map(each -> new Prompt(each.index(), each.question()))
              .toList();
      default -> throw new UserException(file + ": its items are no prompts");
    };
  }

  private static List<Prompt> lines(Path file) {
    List<Prompt> prompts = new ArrayList<>();
    for (String line : InputFile.lines(file)) {
      if (line.isBlank()) {
        throw new UserException(
            "%s:%d: the line is empty; every line is a prompt: remove it"
                .formatted(file, prompts.size() + 1));
      }
      prompts.add(new Prompt(prompts.size(), line.strip()));
    }
    return prompts;
  }
}
