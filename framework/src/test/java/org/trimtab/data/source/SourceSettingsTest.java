package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UsageException;
import org.trimtab.UserException;

class SourceSettingsTest {
  @TempDir Path home;

  @Test
  void anEmptyEnvironmentMeansTheUsersCaches() {
    SourceSettings settings = SourceSettings.of(Map.of("TRIMTAB_CACHE", " "), home);
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/trimtab"));
    assertThat(settings.catalogue()).isEqualTo(home.resolve(".cache/trimtab/catalogue.yaml"));
    assertThat(settings.hubCache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings.hub()).hasToString("https://huggingface.co");
    assertThat(settings.hubToken()).isEmpty();
    assertThat(settings.data()).isEmpty();
    assertThat(settings.pip()).containsExactly("python3", "-m", "pip");
  }

  @Test
  void variablesSayOtherwise() throws IOException {
    Files.createDirectories(home.resolve("hf"));
    Files.writeString(home.resolve("hf/token"), "from-file\n");
    Map<String, String> environment =
        Map.of(
            "XDG_CACHE_HOME", home.resolve("xdg").toString(),
            "HF_HOME", home.resolve("hf").toString(),
            "HF_ENDPOINT", "https://mirror.example/",
            "TRIMTAB_DATA", home.resolve("sets").toString());
    SourceSettings settings = SourceSettings.of(environment, home);
    assertThat(settings.cache()).isEqualTo(home.resolve("xdg/trimtab"));
    assertThat(settings.hubCache()).isEqualTo(home.resolve("hf/hub"));
    assertThat(settings.hub()).hasToString("https://mirror.example");
    assertThat(settings.hubToken()).contains("from-file");
    assertThat(settings.data()).contains(home.resolve("sets"));
  }

  @Test
  void anEndpointHasToBeAnAddress() {
    assertThatThrownBy(() -> SourceSettings.of(Map.of("HF_ENDPOINT", "mirror"), home))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("HF_ENDPOINT is 'mirror'");
  }

  @Test
  void anEndpointWithAUserAndATokenThatCannotBeSentAreRefusedByName() {
    assertThatThrownBy(
            () ->
                SourceSettings.of(Map.of("HF_ENDPOINT", "https://me:hush@host"), Path.of("/home")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("HF_ENDPOINT has a user or password")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> SourceSettings.of(Map.of("HF_TOKEN", "hf_a\nhush"), Path.of("/home")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("HF_TOKEN has a line break")
        .hasMessageNotContaining("hush");
  }
}
