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

  /**
   * What each package may use. All may use the root package, which uses none. Nothing uses cli, and
   * evaluators are a module of their own.
   */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("", Set.of()),
          entry("random", Set.of()),
          entry("world", Set.of("intervene", "model", "random", "tensor", "tokenize", "weights")),
          entry("calibrate", Set.of("console", "data", "method", "model", "report")),
          entry("weights", Set.of()),
          entry("source", Set.of()),
          entry("data", Set.of()),
          entry("chat", Set.of()),
          entry("spec", Set.of()),
          entry("tensor", Set.of()),
          entry("tune", Set.of("random", "spec")),
          entry("tokenize", Set.of("weights")),
          entry("plan", Set.of("random", "spec")),
          entry("intervene", Set.of("tensor")),
          entry("model", Set.of("chat", "intervene", "random", "tensor", "tokenize", "weights")),
          entry("score", Set.of("intervene", "model")),
          entry("answer", Set.of("data", "intervene", "model", "tokenize")),
          entry("grade", Set.of("intervene", "model", "spec", "tokenize")),
          entry(
              "evaluate",
              Set.of("answer", "grade", "intervene", "model", "plan", "score", "spec", "tokenize")),
          entry(
              "method",
              Set.of(
                  "answer",
                  "tune",
                  "data",
                  "intervene",
                  "model",
                  "plan",
                  "random",
                  "spec",
                  "tokenize")),
          entry(
              "experiment",
              Set.of(
                  "answer",
                  "data",
                  "evaluate",
                  "grade",
                  "intervene",
                  "method",
                  "model",
                  "plan",
                  "score",
                  "tensor")),
          entry("track", Set.of("evaluate", "experiment", "plan", "source")),
          entry("console", Set.of("experiment", "plan", "source", "track")),
          entry(
              "report",
              Set.of("console", "evaluate", "experiment", "grade", "plan", "random", "spec")),
          entry(
              "selftest",
              Set.of(
                  "answer",
                  "chat",
                  "console",
                  "data",
                  "intervene",
                  "method",
                  "model",
                  "random",
                  "score",
                  "source",
                  "spec",
                  "tensor",
                  "tokenize",
                  "tune",
                  "weights")),
          entry(
              "session",
              Set.of(
                  "console",
                  "data",
                  "evaluate",
                  "experiment",
                  "grade",
                  "intervene",
                  "method",
                  "model",
                  "plan",
                  "report",
                  "source",
                  "spec",
                  "tensor",
                  "tokenize")),
          entry(
              "reproduce",
              Set.of(
                  "console",
                  "evaluate",
                  "experiment",
                  "method",
                  "plan",
                  "random",
                  "session",
                  "source",
                  "spec",
                  "tensor")),
          entry(
              "cli",
              Set.of(
                  "calibrate",
                  "chat",
                  "console",
                  "data",
                  "evaluate",
                  "experiment",
                  "grade",
                  "method",
                  "model",
                  "plan",
                  "report",
                  "reproduce",
                  "score",
                  "selftest",
                  "session",
                  "source",
                  "spec",
                  "tensor",
                  "tokenize",
                  "track",
                  "weights",
                  "world")));

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
            && !to.isEmpty()
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
    assertThat(present).contains("weights", "model", "experiment");
  }

  @Test
  void noCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    slices().matching(ROOT + ".chat.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * The first part of the name behind the root package: {@code chat} of org.trimtab.chat.render.
   */
  private static String part(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
  }
}
