package org.trimtab.model.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.UserException;

/**
 * Weights in mapped files. Opened by {@link WeightFiles#open}, {@link Safetensors#open} or {@link
 * GgufFile#open}; thread-safe. Closing makes further reads fail; the memory is unmapped when the
 * object is collected.
 */
public sealed class MappedWeights implements WeightFile permits GgufFile {
  /**
   * Values decoded at a time; a multiple of every block length, small enough for a core's cache.
   */
  private static final int CHUNK = 1 << 14;

  private final Path place;
  private final List<Path> files;
  private final Map<String, StoredTensor> tensors;
  private volatile boolean closed;

  MappedWeights(Path place, List<Path> files, Map<String, StoredTensor> tensors) {
    this.place = place;
    this.files = List.copyOf(files);
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  @Override
  public final List<Path> files() {
    return files;
  }

  @Override
  public final Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public final TensorInfo info(String name) {
    return tensor(name).info();
  }

  /** The file that holds a tensor. */
  final Path file(String name) {
    return tensor(name).file().path();
  }

  /** How a tensor's values are stored. */
  public final StorageType type(String name) {
    return tensor(name).type();
  }

  @Override
  public final void read(String name, long first, FloatBuffer target) {
    StoredTensor tensor = open(name);
    StorageType type = tensor.type();
    int count = target.remaining();
    if (first < 0 || count > tensor.info().count() - first) {
      throw new IllegalArgumentException(
          name + " has no values " + first + " to " + (first + count) + ": " + tensor.info());
    }
    if (first % type.blockLength() != 0 || count % type.blockLength() != 0) {
      throw new IllegalArgumentException(
          name + " is read in multiples of " + type.blockLength() + " values (" + type + ")");
    }
    try {
      decode(tensor, first, target);
    } catch (InternalError e) {
      throw changed(tensor, e);
    }
  }

  /**
   * All values of a tensor as fp32, row-major.
   *
   * @throws UserException when no tensor has that name, or it has more than 2^31 - 9 values
   */
  public final float[] floats(String name) {
    float[] values = new float[arrayLength(name, info(name).count())];
    read(name, 0, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * All values of an integer tensor (I64, I32, I16, I8, U8, BOOL), row-major.
   *
   * @throws UserException when no tensor has that name, or it has another type
   */
  public final long[] longs(String name) {
    StorageType type = tensor(name).type();
    byte[] raw = bytes(name);
    long[] values = new long[raw.length / type.blockBytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case I64 -> PlainValues.longAt(raw, 8 * i);
            case I32 -> PlainValues.intAt(raw, 4 * i);
            case I16 -> PlainValues.shortAt(raw, 2 * i);
            case I8 -> raw[i];
            case U8, BOOL -> raw[i] & 0xff;
            default ->
                throw new UserException(
                    place + ": tensor '" + name + "' has type " + type + ", expected integers");
          };
    }
    return values;
  }

  /**
   * The stored bytes of a tensor.
   *
   * @throws UserException when no tensor has that name, or it has more than 2^31 - 9 bytes
   */
  public final byte[] bytes(String name) {
    StoredTensor tensor = open(name);
    try {
      return tensor.file().bytes(tensor.offset(), arrayLength(name, tensor.bytes()));
    } catch (InternalError e) {
      throw changed(tensor, e);
    }
  }

  /** Fills a buffer with the stored bytes of a tensor from a byte on. */
  final void copy(String name, long firstByte, ByteBuffer target) {
    StoredTensor tensor = open(name);
    byte[] part = new byte[target.remaining()];
    try {
      tensor.file().read(tensor.offset() + firstByte, part, part.length);
    } catch (InternalError e) {
      throw changed(tensor, e);
    }
    target.put(part);
  }

  @Override
  public final void close() {
    closed = true;
  }

  private static void decode(StoredTensor tensor, long first, FloatBuffer target) {
    StorageType type = tensor.type();
    int count = target.remaining();
    float[] values = new float[Math.min(CHUNK, count)];
    byte[] raw = new byte[(int) type.bytes(values.length)];
    for (long done = 0; done < count; done += CHUNK) {
      int part = (int) Math.min(CHUNK, count - done);
      tensor.file().read(tensor.offset() + type.bytes(first + done), raw, (int) type.bytes(part));
      type.decode(raw, values, part / type.blockLength());
      target.put(values, 0, part);
    }
  }

  /**
   * The Java runtime reports access to a mapped page that no longer exists as an InternalError,
   * with a delay.
   */
  private static UserException changed(StoredTensor tensor, InternalError cause) {
    return tensor.file().problem("was changed or truncated while it was being read", cause);
  }

  private StoredTensor open(String name) {
    if (closed) {
      throw new IllegalStateException(place + " is closed");
    }
    return tensor(name);
  }

  private StoredTensor tensor(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new UserException(
          "%s: no tensor '%s' among %s; nearest: %s"
              .formatted(place, name, tensors.size(), NearestNames.to(name, tensors.keySet())));
    }
    return tensor;
  }

  private int arrayLength(String name, long length) {
    if (length > Integer.MAX_VALUE - 8) {
      throw new UserException(
          place + ": tensor '" + name + "' is too large to be read at once (" + length + ")");
    }
    return (int) length;
  }

  /**
   * A tensor and its location.
   *
   * @param info its name and shape
   * @param type how its values are stored
   * @param file the file that holds it
   * @param offset first byte in that file
   * @param bytes its length in bytes; offset + bytes is at most the file's size
   */
  record StoredTensor(
      TensorInfo info, StorageType type, MappedFile file, long offset, long bytes) {}
}
