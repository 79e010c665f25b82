package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.tokenize.Tokenizers;
import org.trimtab.testing.TinyModel;

/** Processes whose native libraries are damaged, missing or cannot be unpacked. */
class NativeLibraryTest {
  @TempDir private Path folder = Path.of("");

  /** Starts the engine, and loads a tokenizer if its folder is given. */
  public static final class Child {
    private Child() {}

    public static void main(String[] folders) {
      try {
        if (folders.length == 0) {
          Devices.engine();
        } else {
          Tokenizers.ofFolder(Path.of(folders[0]));
        }
        System.out.println("loaded");
      } catch (UserException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private String start(Map<String, String> environment, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private Path model() {
    return TinyModel.write(folder.resolve("model"));
  }

  @Test
  void aDamagedLibraryIsNamedWithTheVariableThatChoseIt() throws Exception {
    for (String name : new String[] {"torch", "torch_cpu", "c10"}) {
      Files.writeString(folder.resolve(System.mapLibraryName(name)), "no library");
    }

    assertThat(start(Map.of("PYTORCH_LIBRARY_PATH", folder.toString())))
        .contains("refused: the PyTorch engine cannot start: ")
        .containsAnyOf("invalid ELF header", "file too short", "not a mach-o file")
        .contains("PYTORCH_LIBRARY_PATH=" + folder, "ENGINE_CACHE_DIR");
  }

  @Test
  void aFolderWithoutTheLibraryIsNotPassedOver() throws Exception {
    Path missing = folder.resolve("missing");

    assertThat(start(Map.of("PYTORCH_LIBRARY_PATH", missing.toString())))
        .contains("refused: PYTORCH_LIBRARY_PATH: " + missing)
        .contains("has no " + System.mapLibraryName("torch"));
  }

  @Test
  void aPlaceThatNothingCanBeUnpackedIntoIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Map<String, String> cache =
        Map.of("ENGINE_CACHE_DIR", file.toString(), "DJL_CACHE_DIR", file.toString());

    assertThat(start(cache)).contains("refused: the PyTorch engine cannot start", file.toString());
    assertThat(start(cache, model().toString()))
        .contains("refused: the tokenizer's library cannot be loaded: ")
        .contains("ENGINE_CACHE_DIR", file + " is not a folder");
  }
}
