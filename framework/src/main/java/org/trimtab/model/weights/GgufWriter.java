package org.trimtab.model.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;

/**
 * Writes a GGUF file, version 3, little-endian: metadata, then tensors in the order in which they
 * are added. The file appears complete or not at all. Not thread-safe.
 */
public final class GgufWriter {
  private static final int VERSION = 3;
  private static final int U32 = 4;
  private static final int FLOAT = 6;
  private static final int STRING = 8;

  private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
  private final Map<String, TensorContent> tensors = new LinkedHashMap<>();
  private final long alignment;
  private long pairCount;

  private GgufWriter(long alignment) {
    this.alignment = alignment;
  }

  /** A file without metadata as yet. */
  public static GgufWriter empty() {
    return new GgufWriter(GgufFile.DEFAULT_ALIGNMENT);
  }

  /** A file with the metadata of another one, byte for byte. */
  public static GgufWriter like(GgufFile file) {
    GgufWriter writer = new GgufWriter(file.alignment());
    writer.pairs.writeBytes(file.pairs());
    writer.pairCount = file.metadata().values().size();
    return writer;
  }

  /** Adds a text to the metadata. */
  public GgufWriter put(String key, String value) {
    byte[] text = text(value);
    return pair(key, STRING, text);
  }

  /** Adds a number to the metadata, as an unsigned 32-bit integer. */
  public GgufWriter put(String key, int value) {
    return pair(key, U32, buffer(Integer.BYTES).putInt(value).array());
  }

  /** Adds a number to the metadata, in single precision. */
  public GgufWriter put(String key, float value) {
    return pair(key, FLOAT, buffer(Float.BYTES).putFloat(value).array());
  }

  /**
   * Adds a tensor.
   *
   * @throws IllegalArgumentException when the name is taken
   */
  public GgufWriter add(TensorContent tensor) {
    if (tensors.putIfAbsent(tensor.info().name(), tensor) != null) {
      throw new IllegalArgumentException(tensor.info().name() + " is there already");
    }
    return this;
  }

  /**
   * Writes everything; replaces a file of that name.
   *
   * @throws UserException when the file cannot be written
   */
  public void write(Path file) {
    try {
      AtomicFile.write(file, this::write);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private void write(FileChannel channel) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(GgufFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
    header.writeBytes(
        buffer(4 + 8 + 8).putInt(VERSION).putLong(tensors.size()).putLong(pairCount).array());
    header.writeBytes(pairs.toByteArray());
    long offset = 0;
    for (TensorContent tensor : tensors.values()) {
      List<Long> shape = tensor.info().shape();
      header.writeBytes(text(tensor.info().name()));
      byte[] entry = new byte[4 + 8 * shape.size() + 4 + 8];
      ByteBuffer values = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
      values.putInt(shape.size());
      for (int i = shape.size() - 1; i >= 0; i--) {
        values.putLong(shape.get(i));
      }
      values.putInt(tensor.type().ggufNumber()).putLong(offset);
      header.writeBytes(entry);
      offset += padded(tensor.bytes());
    }
    TensorContent.writeFully(channel, ByteBuffer.wrap(header.toByteArray()));
    pad(channel, header.size());
    for (TensorContent tensor : tensors.values()) {
      tensor.write(channel);
      pad(channel, tensor.bytes());
    }
  }

  private void pad(FileChannel channel, long written) throws IOException {
    TensorContent.writeFully(channel, ByteBuffer.allocate((int) (padded(written) - written)));
  }

  private long padded(long bytes) {
    return (bytes + alignment - 1) / alignment * alignment;
  }

  private GgufWriter pair(String key, int type, byte[] value) {
    pairs.writeBytes(text(key));
    pairs.writeBytes(buffer(Integer.BYTES).putInt(type).array());
    pairs.writeBytes(value);
    pairCount++;
    return this;
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return buffer(Long.BYTES + utf8.length).putLong(utf8.length).put(utf8).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
