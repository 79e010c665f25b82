package org.trimtab;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between packages; docs/architecture.md draws them. */
class ArchitectureTest {
  private static final String ROOT = "org.trimtab";

  /** What every package may use; these use none. */
  private static final Set<String> ANYWHERE = Set.of("", "io");

  /**
   * What each package may use. Nothing uses cli; chat is the module chat-templates, which knows
   * nothing of this one, and evaluators are a module of their own.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("", Set.of()),
          entry("chat", Set.of()),
          entry(
              "cli",
              Set.of(
                  "chat",
                  "cli.terminal",
                  "data",
                  "data.source",
                  "evaluate",
                  "evaluate.grade",
                  "evaluate.score",
                  "export",
                  "method",
                  "model",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan",
                  "read",
                  "report",
                  "run",
                  "run.reproduce",
                  "run.session",
                  "say",
                  "selftest",
                  "selftest.calibrate",
                  "spec",
                  "track",
                  "world")),
          entry("cli.terminal", Set.of("data.source", "plan", "run", "track")),
          entry("data", Set.of()),
          entry("data.source", Set.of()),
          entry(
              "evaluate",
              Set.of(
                  "evaluate.answer",
                  "evaluate.grade",
                  "evaluate.score",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.tokenize",
                  "plan",
                  "spec",
                  "spec.bind")),
          entry("evaluate.answer", Set.of("data", "model", "model.intervene", "model.tokenize")),
          entry(
              "evaluate.grade",
              Set.of(
                  "evaluate.answer",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.tokenize",
                  "spec")),
          entry("evaluate.score", Set.of("model", "model.family", "model.intervene")),
          entry(
              "export",
              Set.of(
                  "data.source",
                  "evaluate",
                  "evaluate.answer",
                  "evaluate.score",
                  "method",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan",
                  "report",
                  "run",
                  "run.session",
                  "spec")),
          entry("io", Set.of()),
          entry(
              "method",
              Set.of(
                  "data",
                  "evaluate.answer",
                  "method.tune",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan",
                  "plan.random",
                  "spec",
                  "spec.bind")),
          entry(
              "library",
              Set.of(
                  "data.source",
                  "evaluate",
                  "evaluate.answer",
                  "evaluate.score",
                  "model",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "plan",
                  "run",
                  "run.session",
                  "spec",
                  "spec.bind")),
          entry("method.tune", Set.of("plan.random", "spec")),
          entry(
              "model",
              Set.of(
                  "chat",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan.random")),
          entry("model.family", Set.of("model.weights")),
          entry("model.intervene", Set.of("model.kernel")),
          entry("model.kernel", Set.of()),
          entry("model.tokenize", Set.of("model.weights")),
          entry("model.weights", Set.of()),
          entry("plan", Set.of("data", "plan.random", "spec", "spec.bind", "spec.yaml")),
          entry("plan.random", Set.of()),
          entry(
              "read",
              Set.of(
                  "data",
                  "method",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.tokenize",
                  "plan",
                  "plan.random",
                  "report",
                  "run",
                  "run.session",
                  "spec")),
          entry(
              "report", Set.of("evaluate", "evaluate.grade", "plan", "plan.random", "run", "spec")),
          entry(
              "run",
              Set.of(
                  "data",
                  "evaluate",
                  "evaluate.answer",
                  "evaluate.grade",
                  "evaluate.score",
                  "method",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "plan")),
          entry(
              "run.reproduce",
              Set.of(
                  "data.source",
                  "evaluate",
                  "method",
                  "model.kernel",
                  "plan",
                  "plan.random",
                  "run",
                  "run.session",
                  "spec")),
          entry(
              "run.session",
              Set.of(
                  "data",
                  "data.source",
                  "evaluate",
                  "evaluate.grade",
                  "method",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "plan",
                  "run",
                  "spec",
                  "spec.bind",
                  "spec.yaml")),
          entry(
              "say",
              Set.of(
                  "chat",
                  "evaluate.answer",
                  "method",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.tokenize",
                  "plan",
                  "run",
                  "run.session",
                  "spec",
                  "spec.yaml")),
          entry(
              "selftest",
              Set.of(
                  "chat",
                  "data",
                  "data.source",
                  "evaluate.answer",
                  "evaluate.score",
                  "method",
                  "method.tune",
                  "model",
                  "model.family",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan.random",
                  "spec")),
          entry(
              "selftest.calibrate",
              Set.of(
                  "data",
                  "data.source",
                  "method",
                  "model",
                  "model.family",
                  "report",
                  "run",
                  "run.session",
                  "spec")),
          entry("spec", Set.of("spec.yaml")),
          entry("spec.bind", Set.of("spec", "spec.yaml")),
          entry("spec.yaml", Set.of()),
          entry("track", Set.of("data.source", "evaluate", "plan", "run", "spec")),
          entry(
              "world",
              Set.of(
                  "model",
                  "model.intervene",
                  "model.kernel",
                  "model.tokenize",
                  "model.weights",
                  "plan.random")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesUseOnlyWhatIsBelowThem() {
    Set<String> unexpected = new TreeSet<>();
    for (JavaClass origin : CLASSES) {
      String from = part(origin);
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.getPackageName().startsWith(ROOT)) {
          continue;
        }
        String to = part(target);
        if (!to.equals(from)
            && !ANYWHERE.contains(to)
            && !ARROWS.getOrDefault(from, Set.of()).contains(to)) {
          unexpected.add(origin.getName() + " uses " + target.getName());
        }
      }
    }
    assertThat(unexpected).isEmpty();
  }

  @Test
  void everyPackageHasItsPlace() {
    Set<String> present = new TreeSet<>();
    CLASSES.forEach(each -> present.add(part(each)));
    assertThat(ARROWS.keySet()).containsAll(present);
    assertThat(present).contains("model.weights", "model", "run");
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".chat.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * The longest declared package that a type is in: {@code model.weights} of
   * org.trimtab.model.weights.X.
   */
  private static String part(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    String name = rest.isEmpty() ? "" : rest.substring(1);
    while (!ARROWS.containsKey(name) && name.contains(".")) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return name;
  }
}
