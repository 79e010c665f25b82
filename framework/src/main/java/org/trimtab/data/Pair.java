package org.trimtab.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;

/**
 * A word or phrase and a task's output for it, such as hot and cold.
 *
 * @param index its position among the pairs, from 0; the item's id
 * @param prompt the input, trimmed
 * @param target the output, trimmed
 */
public record Pair(int index, String prompt, String target) {
  private static final int LEAST = 2;

  /**
   * Reads a file of objects or a table with {@code input} and {@code output}, as in the
   * function-vector data sets, or {@code prompt} and {@code target}. Texts are trimmed. Of a prompt
   * that occurs again the first pair is kept: a cell could otherwise learn the answer that it is
   * scored on.
   *
   * @throws UserException when it cannot be read, has fewer than two pairs, or one of them has
   *     another form or is empty; names the place
   */
  public static List<Pair> read(Path file) {
    return List.copyOf(distinct(file, ItemFile.read(file)).values());
  }

  /** The number of pairs in a file that are left out, since their prompt occurs earlier. */
  public static int repeated(Path file) {
    List<Item> items = ItemFile.read(file);
    return items.size() - distinct(file, items).size();
  }

  private static Map<String, Pair> distinct(Path file, List<Item> items) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    for (Item item : items) {
      boolean named = item.has("input") || item.has("output");
      String prompt = item.text(named ? "input" : "prompt").strip();
      String target = item.text(named ? "output" : "target").strip();
      pairs.putIfAbsent(prompt, new Pair(pairs.size(), prompt, target));
    }
    if (pairs.size() < LEAST) {
      throw new UserException(
          "%s: there is %d pair in it; a task needs at least %d"
              .formatted(file, pairs.size(), LEAST));
    }
    return pairs;
  }
}
