package org.trimtab.model.weights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
  private final Map<String, String> metadata = new TreeMap<>();
  private final Map<String, TensorContent> entries = new LinkedHashMap<>();
  private boolean inOrder;

  /** Adds an entry to the file's metadata. */
  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * Keeps the tensors in the order in which they are added, as for a copy of a file. Otherwise the
   * widest values come first, so that every tensor is aligned, and then the names decide.
   */
  public SafetensorsWriter inOrder() {
    inOrder = true;
    return this;
  }

  /**
   * Adds a tensor.
   *
   * @throws IllegalArgumentException when the name is taken
   */
  public SafetensorsWriter add(TensorContent tensor) {
    if (entries.putIfAbsent(tensor.info().name(), tensor) != null) {
      throw new IllegalArgumentException(tensor.info().name() + " is there already");
    }
    return this;
  }

  /**
   * Adds an fp32 tensor.
   *
   * @throws IllegalArgumentException when the shape does not fit the values or the name is taken
   */
  public SafetensorsWriter floats(String name, List<Long> shape, float[] values) {
    float[] copy = values.clone();
    check(new TensorInfo(name, StorageType.F32.name(), shape), values.length);
    return add(TensorContent.floats(name, StorageType.F32, shape, () -> copy));
  }

  /**
   * Adds a tensor of 64-bit integers.
   *
   * @throws IllegalArgumentException when the shape does not fit the values or the name is taken
   */
  public SafetensorsWriter longs(String name, List<Long> shape, long[] values) {
    long[] copy = values.clone();
    TensorInfo info = new TensorInfo(name, StorageType.I64.name(), shape);
    check(info, values.length);
    return add(
        new TensorContent(
            info,
            StorageType.I64,
            () ->
                (firstByte, target) ->
                    target
                        .asLongBuffer()
                        .put(
                            copy,
                            (int) (firstByte / Long.BYTES),
                            target.remaining() / Long.BYTES)));
  }

  private static void check(TensorInfo info, int count) {
    if (info.count() != count) {
      throw new IllegalArgumentException(
          info.name() + ": shape " + info.shape() + " for " + count + " values");
    }
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
    List<TensorContent> ordered = new ArrayList<>(entries.values());
    if (!inOrder) {
      ordered.sort(
          Comparator.comparingInt((TensorContent tensor) -> -tensor.type().blockBytes())
              .thenComparing(tensor -> tensor.info().name()));
    }
    byte[] header = header(ordered);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    TensorContent.writeFully(channel, length.putLong(0, header.length));
    TensorContent.writeFully(channel, ByteBuffer.wrap(header));
    for (TensorContent tensor : ordered) {
      tensor.write(channel);
    }
  }

  private byte[] header(List<TensorContent> ordered) throws IOException {
    ObjectNode root = Json.object();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject("__metadata__")::put);
    }
    long offset = 0;
    for (TensorContent entry : ordered) {
      long end = offset + entry.bytes();
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
}
