package org.trimtab.spec.bind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Spelling;

/**
 * An entry of a mapping that names a declared thing by its key, or has an alias as its key and
 * names the thing inside: {@code mine: {method: directional-edit, ...}}.
 *
 * @param <T> the declaration
 * @param entry the entry as written
 * @param declared the named thing
 * @param keys its settings, without the key that names the thing
 */
record Named<T>(Node.Entry entry, T declared, Node.Mapping keys) {
  /**
   * A kind of things that can be named.
   *
   * @param key the key of an alias, which is also the word for such a thing: {@code method}
   * @param article the word with its article: {@code a method}
   * @param alias what an alias looks like
   * @param allowed the same for people, behind "an alias of"
   * @param declared all such things by name
   */
  record Kind<T>(
      String key, String article, Pattern alias, String allowed, Map<String, T> declared) {
    private List<String> names() {
      return List.copyOf(declared.keySet());
    }
  }

  /** Reads an entry; empty if it names nothing known, with the reason among the problems. */
  static <T> Optional<Named<T>> read(Node.Entry entry, Kind<T> kind, Binding binding) {
    Node value = entry.value();
    if (value.isNull()) {
      value = new Node.Mapping(value.at(), List.of());
    }
    if (!(value instanceof Node.Mapping keys)) {
      binding.unexpected(value, "a mapping of settings");
      return Optional.empty();
    }
    Optional<Node.Entry> written = keys.entry(kind.key());
    Node name = written.isEmpty() ? null : written.get().value();
    if (name != null && !(name instanceof Node.Scalar)) {
      binding.unexpected(name, "the name of " + kind.article());
      return Optional.empty();
    }
    String text = name instanceof Node.Scalar scalar ? scalar.text() : entry.key();
    T declared = kind.declared().get(text);
    Position at = name == null ? entry.at() : name.at();
    if (declared == null) {
      String hint =
          "; known: "
              + String.join(", ", kind.names())
              + (name == null ? " (an alias needs the key '" + kind.key() + "')" : "");
      binding.problem(
          at,
          "unknown "
              + kind.key()
              + " "
              + Spelling.quoted(text)
              + Spelling.suggestion(text, kind.names(), hint));
      return Optional.empty();
    }
    if (!entry.key().equals(text) && !kind.alias().matcher(entry.key()).matches()) {
      binding.unexpected(
          new Node.Scalar(entry.at(), Node.Kind.TEXT, entry.key()),
          "an alias of " + kind.allowed());
      return Optional.empty();
    }
    if (!entry.key().equals(text) && kind.declared().containsKey(entry.key())) {
      binding.problem(
          at,
          "'%s' is %s itself; give '%s' another alias"
              .formatted(entry.key(), kind.article(), text));
      return Optional.empty();
    }
    return Optional.of(new Named<>(entry, declared, without(keys, List.of(kind.key()))));
  }

  /** A mapping without some keys. */
  static Node.Mapping without(Node.Mapping mapping, List<String> keys) {
    return new Node.Mapping(
        mapping.at(),
        mapping.entries().stream().filter(entry -> !keys.contains(entry.key())).toList());
  }
}
