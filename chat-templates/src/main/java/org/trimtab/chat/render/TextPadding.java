package org.trimtab.chat.render;

import java.util.List;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;

/** Strings made as wide as wanted. */
final class TextPadding {
  private TextPadding() {}

  /** Python's {@code center}, {@code ljust} and {@code rjust}. */
  static Value pad(Text text, String name, List<Value> arguments) {
    String fill = arguments.size() > 1 ? Expect.text(arguments.get(1)) : " ";
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw Failure.type("The fill character must be exactly one character long");
    }
    int width = Expect.bounded(arguments.get(0), 0);
    int missing = missing(text, width);
    int left =
        switch (name) {
          case "ljust" -> 0;
          case "rjust" -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return text.with(fill.repeat(left) + text.value() + fill.repeat(missing - left));
  }

  /** Python's {@code zfill}. */
  static Value zeros(Text text, List<Value> arguments) {
    String digits = text.value();
    int sign = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    String zeros = "0".repeat(missing(text, Expect.bounded(arguments.get(0), 0)));
    return text.with(digits.substring(0, sign) + zeros + digits.substring(sign));
  }

  private static int missing(Text text, int width) {
    return Math.max(0, Limits.text(width) - text.length());
  }
}
