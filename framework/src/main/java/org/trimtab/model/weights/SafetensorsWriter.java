package org.trimtab.model.weights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;

/**
 * Collects tensors and writes them as one safetensors file. The same content gives the same bytes;
 * the file appears complete or not at all. Not thread-safe.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 16;

  /** Writes the requested number of values from index {@code first} on into a buffer. */
  private interface Encoder {
    void encode(long first, int count, ByteBuffer target);
  }

  private record Entry(TensorInfo info, StorageType type, Encoder encoder) {}

  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, Entry> entries = new TreeMap<>();

  /** Adds an entry to the file's metadata. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Adds an fp32 tensor.
   *
   * @throws IllegalArgumentException when the shape does not fit the values or the name is taken
   */
  public SafetensorsWriter floats(String name, List<Long> shape, float[] values) {
    float[] copy = values.clone();
    return add(
        name,
        StorageType.F32,
        shape,
        values.length,
        (first, count, target) -> target.asFloatBuffer().put(copy, (int) first, count));
  }

  /**
   * Adds a tensor in half precision, rounded to the nearest, ties to even.
   *
   * @throws IllegalArgumentException when the shape does not fit the values or the name is taken
   */
  public SafetensorsWriter halves(String name, List<Long> shape, float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      halves[i] = HalfFloat.round(values[i]);
    }
    return add(
        name,
        StorageType.F16,
        shape,
        values.length,
        (first, count, target) -> target.asShortBuffer().put(halves, (int) first, count));
  }

  /**
   * Adds a tensor of 64-bit integers.
   *
   * @throws IllegalArgumentException when the shape does not fit the values or the name is taken
   */
  public SafetensorsWriter longs(String name, List<Long> shape, long[] values) {
    long[] copy = values.clone();
    return add(
        name,
        StorageType.I64,
        shape,
        values.length,
        (first, count, target) -> target.asLongBuffer().put(copy, (int) first, count));
  }

  /**
   * Writes everything; replaces a file of that name.
   *
   * @throws UserException when the file cannot be written
   */
  public void write(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path partial =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel);
      }
      AtomicFile.replace(partial, file);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be written (" + e.getMessage() + ")", e);
    } finally {
      deletePartial(partial);
    }
  }

  private SafetensorsWriter add(
      String name, StorageType type, List<Long> shape, long count, Encoder encoder) {
    TensorInfo info = new TensorInfo(name, type.name(), shape);
    if (info.count() != count) {
      throw new IllegalArgumentException(name + ": shape " + shape + " for " + count + " values");
    }
    if (entries.putIfAbsent(name, new Entry(info, type, encoder)) != null) {
      throw new IllegalArgumentException(name + " is there already");
    }
    return this;
  }

  private void write(FileChannel channel) throws IOException {
    // The widest values first, so that every tensor is aligned.
    List<Entry> ordered = new ArrayList<>();
    for (StorageType type : List.of(StorageType.I64, StorageType.F32, StorageType.F16)) {
      entries.values().stream().filter(entry -> entry.type() == type).forEach(ordered::add);
    }
    byte[] header = header(ordered);
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.max(CHUNK * Long.BYTES, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(header.length).flip();
    writeFully(channel, buffer);
    writeFully(channel, ByteBuffer.wrap(header));
    for (Entry entry : ordered) {
      long count = entry.info().count();
      for (long first = 0; first < count; first += CHUNK) {
        int part = (int) Math.min(CHUNK, count - first);
        buffer.clear();
        entry.encoder().encode(first, part, buffer);
        writeFully(channel, buffer.limit(part * entry.type().blockBytes()));
      }
    }
  }

  private byte[] header(List<Entry> ordered) throws IOException {
    ObjectNode root = Json.object();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject("__metadata__")::put);
    }
    long offset = 0;
    for (Entry entry : ordered) {
      long end = offset + entry.type().bytes(entry.info().count());
      ObjectNode node = root.putObject(entry.info().name());
      node.put("dtype", entry.type().name());
      entry.info().shape().forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(root);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void deletePartial(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new UserException(partial + ": cannot be deleted (" + e.getMessage() + ")", e);
    }
  }
}
