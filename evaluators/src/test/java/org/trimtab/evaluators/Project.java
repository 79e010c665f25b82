package org.trimtab.evaluators;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.method.Methods;
import org.trimtab.spec.Registry;

/** The project's own files, and everything that its specs may name. */
public final class Project {
  static final Registry REGISTRY = new Registry(Methods.all(), Evaluators.all(), datasets());

  private Project() {}

  private static Set<String> datasets() {
    SourceSettings settings = SourceSettings.of(Map.of(), Path.of("."));
    return new Datasets(settings, null, Path.of("."), Progress.NONE)
        .list().stream().map(Datasets.Listing::name).collect(Collectors.toSet());
  }

  /** A file of the project: tests run in the folder of their module. */
  public static Path file(String name) {
    return Path.of("..").toAbsolutePath().resolve(name).normalize();
  }
}
