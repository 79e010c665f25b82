package org.trimtab.spec.bind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.spec.EvaluationSpec;
import org.trimtab.spec.MethodSpec;
import org.trimtab.spec.Registry;
import org.trimtab.spec.Spec;
import org.trimtab.spec.TemplateValue;
import org.trimtab.spec.yaml.Node;
import org.trimtab.spec.yaml.Overrides;
import org.trimtab.spec.yaml.Position;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.SpecProblems;
import org.trimtab.spec.yaml.SpecText;
import org.trimtab.spec.yaml.YamlReader;

/** Reads and validates specs. Thread-safe. */
public final class SpecReader {
  private final Registry registry;

  /** A reader for a registry. */
  public SpecReader(Registry registry) {
    this.registry = registry;
  }

  /**
   * Reads a file.
   *
   * @param overrides texts of the form {@code key.path=value} that replace or add values
   * @throws SpecProblems with all problems of the spec
   */
  public Spec read(Path file, List<String> overrides) {
    return read(file.toString(), SpecText.read(file), overrides);
  }

  /**
   * Reads a file's bytes.
   *
   * @param file the file's name, for messages
   * @param overrides texts of the form {@code key.path=value} that replace or add values
   * @throws SpecProblems with all problems of the spec
   */
  public Spec read(String file, byte[] bytes, List<String> overrides) {
    List<Problem> problems = new ArrayList<>();
    String text = SpecText.decode(file, bytes);
    Optional<Node> root = YamlReader.file(file, text, problems);
    if (root.isEmpty()) {
      throw new SpecProblems(problems);
    }
    if (!(root.get() instanceof Node.Mapping)) {
      throw SpecProblems.of(
          root.get().at(),
          "expected a mapping that begins with 'name: ...', found " + root.get().described());
    }
    Node changed = new Overrides(problems).apply(root.get(), overrides);
    Binding binding = new Binding(problems);
    Spec spec = (Spec) type(registry).bind(changed, "", binding);
    if (spec == null) {
      throw new SpecProblems(problems);
    }
    ReportCheck.check(spec, binding);
    if (!problems.isEmpty()) {
      throw new SpecProblems(problems);
    }
    return spec;
  }

  /**
   * Where the value of a top-level key is written: in the file or on the command line.
   *
   * @return the file as a whole if the key is not written
   */
  public static Position place(Path file, List<String> overrides, String key) {
    if (!Files.isRegularFile(file)) {
      return Position.of(file.toString());
    }
    List<Problem> problems = new ArrayList<>();
    String text = SpecText.decode(file.toString(), SpecText.read(file));
    return YamlReader.file(file.toString(), text, problems)
        .map(root -> new Overrides(problems).apply(root, overrides))
        .filter(Node.Mapping.class::isInstance)
        .flatMap(root -> ((Node.Mapping) root).entry(key))
        .map(entry -> entry.value().at())
        .orElse(Position.of(file.toString()));
  }

  /** The type of a whole spec. */
  static RecordType type(Registry registry) {
    Set<String> datasets = new TreeSet<>(registry.datasets());
    ValueTypes settings = new ValueTypes(datasets, Map.of());
    Map<Class<?>, ValueType> special =
        Map.of(
            MethodSpec.class, new MethodsType(registry, settings),
            EvaluationSpec.class, new EvaluationsType(registry, settings),
            TemplateValue.class, new TemplateArgumentsType());
    return new ValueTypes(datasets, special).of(Spec.class);
  }
}
