package org.trimtab.spec;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.yaml.Position;

/**
 * A method as a spec names it, with all defaults written out and all levels still in their lists.
 *
 * @param key its key in the spec: the method's name, or an alias
 * @param declaration the method
 * @param settings its settings; a control's are those of the method that it is like, with its own
 *     replacements
 * @param like for a control the method that it is like
 * @param evaluate the keys of the evaluations that its cells are scored by; empty for all
 * @param at where the method is written
 * @param places where its settings are written, by path ({@code layers.1}), in the order of writing
 */
public record MethodSpec(
    String key,
    MethodDeclaration declaration,
    Record settings,
    @Nullable MethodSpec like,
    List<String> evaluate,
    Position at,
    Map<String, Position> places) {
  private static final Pattern ELEMENT = Pattern.compile("\\.\\d");

  /** Copies the list. */
  public MethodSpec {
    evaluate = List.copyOf(evaluate);
  }

  /** The paths of the keys that are written, in the order of writing, without elements of lists. */
  public List<String> order() {
    return places.keySet().stream().filter(path -> !ELEMENT.matcher(path).find()).toList();
  }

  /** The place of a setting, or of the method where the setting is a default. */
  public Position place(String path) {
    return places.getOrDefault(path, at);
  }
}
