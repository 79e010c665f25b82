package org.trimtab.model.weights;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files and byte arrays that the tests of this package share. */
final class WeightFixtures {
  private WeightFixtures() {}

  static Path path(String name) {
    try {
      return Path.of(WeightFixtures.class.getResource("/fixtures/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  /** A file in memory, in windows of a size that makes reads cross their borders. */
  static MappedFile inMemory(byte[] content) {
    int window = 1 << 10;
    List<ByteBuffer> windows = new ArrayList<>();
    for (int start = 0; start < content.length; start += window) {
      windows.add(
          ByteBuffer.wrap(content, start, Math.min(window, content.length - start)).slice());
    }
    return new MappedFile(Path.of("model.bin"), window, windows);
  }

  /** A safetensors file with a given header and so many bytes of data. */
  static byte[] safetensors(String header, int data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }
}
