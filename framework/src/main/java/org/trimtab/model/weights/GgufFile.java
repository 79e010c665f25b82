package org.trimtab.model.weights;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights.StoredTensor;

/**
 * A GGUF file, version 2 or 3, little-endian, opened for reading. Source of the format:
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
 */
public final class GgufFile extends MappedWeights {
  /** The first four bytes of every GGUF file. */
  static final String MAGIC = "GGUF";

  private static final String ALIGNMENT = "general.alignment";
  private static final String SPLIT_COUNT = "split.count";
  static final long DEFAULT_ALIGNMENT = 32;

  private final GgufMetadata metadata;
  private final byte[] pairs;

  private GgufFile(
      MappedFile file, GgufMetadata metadata, byte[] pairs, Map<String, StoredTensor> tensors) {
    super(file.path(), List.of(file.path()), tensors);
    this.metadata = metadata;
    this.pairs = pairs;
  }

  /**
   * Opens a file.
   *
   * @throws UserException when it cannot be read, is one part of a split model, or any part of its
   *     header is wrong; the message names the key or tensor
   */
  public static GgufFile open(Path path) {
    return read(MappedFile.open(path));
  }

  static GgufFile read(MappedFile file) {
    GgufCursor cursor = new GgufCursor(file);
    requireMagic(file, cursor);
    requireVersion(file, cursor.i32("the version"));
    int tensorCount = cursor.count("the number of tensors", GgufTensors.leastBytes());
    int pairs = cursor.count("the number of metadata keys", GgufValues.leastBytes());
    long begin = cursor.position();
    GgufMetadata metadata =
        new GgufMetadata(file.path().toString(), new GgufValues(cursor).read(pairs));
    byte[] raw = file.bytes(begin, (int) (cursor.position() - begin));
    if (metadata.integer(SPLIT_COUNT).orElse(1L) > 1) {
      throw file.problem(
          "is one of "
              + metadata.integer(SPLIT_COUNT).orElse(1L)
              + " parts of a model; join them with 'llama-gguf-split --merge' and name the result");
    }
    long alignment = alignment(file, metadata);
    return new GgufFile(
        file, metadata, raw, new GgufTensors(file, cursor).read(tensorCount, alignment));
  }

  /** Everything besides the tensors: settings of the model, vocabulary, chat template. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /** The metadata as they are stored. */
  byte[] pairs() {
    return pairs.clone();
  }

  /** The multiple of bytes at which tensors begin. */
  long alignment() {
    return metadata.integer(ALIGNMENT).orElse(DEFAULT_ALIGNMENT);
  }

  private static void requireMagic(MappedFile file, GgufCursor cursor) {
    int expected = PlainValues.intAt(MAGIC.getBytes(StandardCharsets.US_ASCII), 0);
    if (cursor.i32("the magic number") != expected) {
      throw file.problem("is not a GGUF file: it does not begin with '" + MAGIC + "'");
    }
  }

  private static void requireVersion(MappedFile file, int version) {
    if (version == 2 || version == 3) {
      return;
    }
    int reversed = Integer.reverseBytes(version);
    String found =
        reversed == 2 || reversed == 3
            ? "a big-endian file"
            : "version " + Integer.toUnsignedString(version);
    throw file.problem("should be GGUF version 2 or 3, little-endian; found " + found);
  }

  private static long alignment(MappedFile file, GgufMetadata metadata) {
    long alignment = metadata.integer(ALIGNMENT).orElse(DEFAULT_ALIGNMENT);
    if (alignment < 1 || Long.bitCount(alignment) != 1 || alignment > Integer.MAX_VALUE) {
      throw file.problem(
          "metadata key '" + ALIGNMENT + "' should be a power of two, found " + alignment);
    }
    return alignment;
  }
}
