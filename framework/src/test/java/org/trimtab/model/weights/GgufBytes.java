package org.trimtab.model.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes GGUF files, right and wrong ones, number by number. */
final class GgufBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The start of a file of version 3. */
  static GgufBytes of(long tensors, long pairs) {
    return new GgufBytes().raw("GGUF").i32(3).i64(tensors).i64(pairs);
  }

  GgufBytes raw(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  GgufBytes i32(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  GgufBytes i64(long value) {
    bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  GgufBytes string(String text) {
    return i64(text.getBytes(StandardCharsets.UTF_8).length).raw(text);
  }

  /** A tensor of the header; dimensions innermost first, as GGUF lists them. */
  GgufBytes tensor(String name, int type, long offset, long... dimensions) {
    string(name).i32(dimensions.length);
    for (long dimension : dimensions) {
      i64(dimension);
    }
    return i32(type).i64(offset);
  }

  /** Pads to the default alignment and adds so many bytes of data. */
  byte[] withData(int length) {
    bytes.writeBytes(new byte[-bytes.size() & 31]);
    bytes.writeBytes(new byte[length]);
    return bytes.toByteArray();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
