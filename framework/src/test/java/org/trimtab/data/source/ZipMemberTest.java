package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives whose members are longer than they say, or than the file that is wanted. */
class ZipMemberTest {
  private static final int LONG = 50_000_000;
  private static final int CENTRAL_ENTRY = 0x02014b50;
  private static final int SIZE = 24;

  @TempDir private Path folder = Path.of("");

  /** An archive with one member of zeros, which announces another length. */
  private Path archive(int announced) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("data"));
      zip.write(new byte[LONG]);
    }
    ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int entry = 0;
    while (content.getInt(entry) != CENTRAL_ENTRY) {
      entry++;
    }
    content.putInt(entry + SIZE, announced);
    return Files.write(folder.resolve("data.zip"), content.array());
  }

  @Test
  void aMemberLongerThanItAnnouncesIsCutOffAndRemoved() throws Exception {
    Path archive = archive(1000);
    PartFile part = new PartFile(folder.resolve("data"), null, null);

    assertThatThrownBy(() -> part.extract(archive, "data", Progress.NONE))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("more came than the 1,000 bytes that were expected");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aMemberLongerThanTheFileThatIsWantedIsRefusedBeforeItIsUnpacked() throws Exception {
    Path archive = archive(LONG);

    assertThatThrownBy(
            () ->
                new PartFile(folder.resolve("data"), 1000L, null)
                    .extract(archive, "data", Progress.NONE))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("1,000");
    assertThatThrownBy(
            () ->
                PartFile.upTo(1000, folder.resolve("data")).extract(archive, "data", Progress.NONE))
        .isInstanceOf(FetchFailure.class)
        .hasMessageContaining("1,000");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }
}
