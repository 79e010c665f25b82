package org.trimtab.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.Supplier;

/** A tensor to be written: its name, type and shape, and its values once they are needed. */
public final class TensorContent {
  private static final int CHUNK_BYTES = 1 << 19;

  private final TensorInfo info;
  private final StorageType type;
  private final Supplier<Encoder> encoder;

  /** Fills a buffer with the bytes of the tensor from a byte on. */
  interface Encoder {
    void encode(long firstByte, ByteBuffer target);
  }

  TensorContent(TensorInfo info, StorageType type, Supplier<Encoder> encoder) {
    this.info = info;
    this.type = type;
    this.encoder = encoder;
  }

  /**
   * Values in F32, F16 or BF16, rounded to the nearest, ties to even.
   *
   * @param values is called when the tensor is written, so that one tensor at a time is in memory
   * @throws IllegalArgumentException for another type
   */
  public static TensorContent floats(
      String name, StorageType type, List<Long> shape, Supplier<float[]> values) {
    if (!type.writable()) {
      throw new IllegalArgumentException("values are not written as " + type);
    }
    TensorInfo info = new TensorInfo(name, type.name(), shape);
    return new TensorContent(info, type, () -> encoder(info, type, values.get()));
  }

  private static Encoder encoder(TensorInfo info, StorageType type, float[] values) {
    if (values.length != info.count()) {
      throw new IllegalArgumentException(info + " for " + values.length + " values");
    }
    int size = type.blockBytes();
    return (firstByte, target) -> {
      for (int i = (int) (firstByte / size); target.hasRemaining(); i++) {
        switch (type) {
          case F32 -> target.putFloat(values[i]);
          case F16 -> target.putShort(HalfFloat.round(values[i]));
          default -> target.putShort(HalfFloat.roundBrain(values[i]));
        }
      }
    };
  }

  /** A tensor of an open file, byte for byte. */
  public static TensorContent copy(MappedWeights file, String name) {
    return new TensorContent(
        file.info(name),
        file.type(name),
        () -> (firstByte, target) -> file.copy(name, firstByte, target));
  }

  TensorInfo info() {
    return info;
  }

  StorageType type() {
    return type;
  }

  /** The number of bytes that it takes. */
  public long bytes() {
    return type.bytes(info.count());
  }

  /** Appends the bytes to a file. */
  void write(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Encoder source = encoder.get();
    for (long first = 0; first < bytes(); first += CHUNK_BYTES) {
      buffer.clear().limit((int) Math.min(CHUNK_BYTES, bytes() - first));
      source.encode(first, buffer);
      writeFully(channel, buffer.rewind());
    }
  }

  static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
