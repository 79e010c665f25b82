package org.trimtab.spec;

import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * A hidden state: an index as in {@code hidden_states}, where 0 is the embedding output and k the
 * output of block k - 1, or a percentage p of the number of layers L, which means the index floor(p
 * L / 100).
 *
 * @param text the canonical text: {@code 18} or {@code 60%}
 */
@StringCoded(
    as = "a hidden state: an index such as 18 or a percentage of the layers such as 60%",
    pattern = "\\d{1,4}|\\d{1,3}(\\.\\d{1,6})?%",
    number = true)
public record HiddenState(String text) implements ModelRelative<HiddenState> {
  private static final Pattern FORM = Pattern.compile("\\d{1,4}|\\d{1,3}(\\.\\d{1,6})?%");

  /**
   * Reads an index or a percentage.
   *
   * @throws UserException for any other text
   */
  public static HiddenState parse(String text) {
    if (!FORM.matcher(text).matches() || (text.endsWith("%") && !Percent.valid(number(text)))) {
      throw new UserException(
          "'" + text + "' is not a hidden state: write an index such as 18 or 0% to 100%");
    }
    return new HiddenState(text.endsWith("%") ? text : Integer.toString(Integer.parseInt(text)));
  }

  /**
   * The index in a model.
   *
   * @throws UserException when the model has no such hidden state
   */
  public int index(int layers) {
    if (text.endsWith("%")) {
      return Percent.floor(number(text), layers);
    }
    int index = Integer.parseInt(text);
    if (index > layers) {
      throw new UserException(text + ": the model has hidden states 0-" + layers);
    }
    return index;
  }

  @Override
  public HiddenState resolve(int layers) {
    return new HiddenState(Integer.toString(index(layers)));
  }

  private static String number(String percent) {
    return percent.substring(0, percent.length() - 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
