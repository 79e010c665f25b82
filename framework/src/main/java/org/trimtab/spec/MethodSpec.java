package org.trimtab.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  /** Copies the list. */
  public MethodSpec {
    evaluate = List.copyOf(evaluate);
  }

  /** The settings as a tree, in the order of writing, followed by defaults. */
  public ObjectNode tree() {
    return tree(settings);
  }

  /** The same for one of the settings that these expand to. */
  public ObjectNode tree(Record expanded) {
    return Settings.tree(expanded, places.keySet());
  }

  /** The place of a setting, or of the method where the setting is a default. */
  public Position place(String path) {
    return places.getOrDefault(path, at);
  }
}
