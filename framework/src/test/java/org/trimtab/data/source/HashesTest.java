package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.io.Hashes;

class HashesTest {
  /** The example of FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2024-05-01T12:00:00Z"));

  @TempDir Path folder;

  @Test
  void hashesTextsAndFiles() throws IOException {
    assertThat(Hashes.text("abc")).isEqualTo(ABC);
    assertThat(HashCache.file(Files.writeString(folder.resolve("abc"), "abc"))).isEqualTo(ABC);
    assertThatThrownBy(() -> HashCache.file(folder.resolve("none")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aCombinedHashDependsOnNamesAndContents() {
    String one = HashCache.combined(Map.of("a", ABC, "b", ABC));
    assertThat(one).isEqualTo(Hashes.text(ABC + " a\n" + ABC + " b\n"));
    assertThat(HashCache.combined(Map.of("a", ABC, "c", ABC))).isNotEqualTo(one);
  }

  @Test
  void aLargeFileIsReadOnceUntilItChanges() throws IOException {
    List<String> read = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void advance(String what, long bytes, OptionalLong total) {
            read.add(what);
          }

          @Override
          public void note(String message) {}
        };
    HashCache hashes =
        new HashCache(TestSettings.in(folder, URI.create("http://localhost")), progress);
    Path file = Files.writeString(folder.resolve("weights"), "abc");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(hashes.sha256(file)).isEqualTo(ABC);
    assertThat(hashes.sha256(file)).isEqualTo(ABC);
    assertThat(read).containsExactly("sha256 of weights");

    Files.writeString(file, "abd");
    assertThat(hashes.sha256(file)).isEqualTo(Hashes.text("abd"));
    Files.writeString(file, "abe");
    assertThat(hashes.sha256(file))
        .as("a file written a moment ago is read again, even at the same time stamp")
        .isEqualTo(Hashes.text("abe"));
  }
}
