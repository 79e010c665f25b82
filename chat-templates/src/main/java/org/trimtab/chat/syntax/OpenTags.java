package org.trimtab.chat.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags that are open and the end tags that they wait for, for Jinja's messages about them. */
final class OpenTags {
  private final Deque<String> tags = new ArrayDeque<>();
  private final Deque<List<String>> ends = new ArrayDeque<>();

  void enter(String tag) {
    tags.push(tag);
  }

  void leave() {
    tags.pop();
  }

  void expect(List<String> endTags) {
    ends.push(endTags);
  }

  void found() {
    ends.pop();
  }

  /** What is wrong with an unknown tag, or with the end of the template where it is null. */
  String describe(@Nullable String unknown) {
    List<String> message = new ArrayList<>();
    message.add(
        unknown == null
            ? "Unexpected end of template."
            : "Encountered unknown tag '" + unknown + "'.");
    if (!ends.isEmpty()) {
      String wanted = "'" + String.join("' or '", ends.getFirst()) + "'";
      boolean nested = unknown != null && ends.stream().anyMatch(each -> each.contains(unknown));
      message.add(
          nested
              ? "You probably made a nesting mistake. Jinja is expecting this tag, but currently"
                  + " looking for "
                  + wanted
                  + "."
              : "Jinja was looking for the following tags: " + wanted + ".");
    }
    tags.stream()
        .skip(unknown == null ? 0 : 1)
        .findFirst()
        .ifPresent(
            tag -> message.add("The innermost block that needs to be closed is '" + tag + "'."));
    return String.join(" ", message);
  }
}
