package org.trimtab.model.weights;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.UserException;

/**
 * How a weight file stores values: one by one, or in blocks that share scales. The names are those
 * of the files. Decoded values equal, bit for bit, those of the Python package gguf 0.19.0 for the
 * block types.
 */
public enum StorageType {
  /** IEEE 754 single precision. */
  F32(1, 4, 0, true, PlainValues::f32),
  /** IEEE 754 half precision. */
  F16(1, 2, 1, true, PlainValues::f16),
  /** The upper half of a single-precision number. */
  BF16(1, 2, 30, true, PlainValues::bf16),
  /** IEEE 754 double precision, rounded to fp32. */
  F64(1, 8, 28, true, PlainValues::f64),
  /** Signed 64-bit integers, rounded to fp32. */
  I64(1, 8, 27, true, PlainValues::i64),
  /** Signed 32-bit integers, rounded to fp32. */
  I32(1, 4, 26, true, PlainValues::i32),
  /** Signed 16-bit integers. */
  I16(1, 2, 25, true, PlainValues::i16),
  /** Signed bytes. */
  I8(1, 1, 24, true, PlainValues::i8),
  /** Unsigned bytes. */
  U8(1, 1, -1, true, PlainValues::u8),
  /** Booleans, one byte each: 0 or 1. */
  BOOL(1, 1, -1, true, PlainValues::u8),
  /** 8-bit floating point, 4 bits of exponent and 3 of mantissa, without infinities. */
  F8_E4M3(1, 1, -1, true, PlainValues::f8e4m3),
  /** 8-bit floating point, 5 bits of exponent and 2 of mantissa. */
  F8_E5M2(1, 1, -1, true, PlainValues::f8e5m2),
  /** 4 bits around zero, 32 values per scale. */
  Q4_0(SimpleBlocks.LENGTH, 18, 2, false, SimpleBlocks::q4ZeroCentred),
  /** 4 bits, 32 values per scale and offset. */
  Q4_1(SimpleBlocks.LENGTH, 20, 3, false, SimpleBlocks::q4WithOffset),
  /** 5 bits around zero, 32 values per scale. */
  Q5_0(SimpleBlocks.LENGTH, 22, 6, false, SimpleBlocks::q5ZeroCentred),
  /** 5 bits, 32 values per scale and offset. */
  Q5_1(SimpleBlocks.LENGTH, 24, 7, false, SimpleBlocks::q5WithOffset),
  /** 8 bits, 32 values per scale. */
  Q8_0(SimpleBlocks.LENGTH, 34, 8, false, SimpleBlocks::q8),
  /** 2 bits in super-blocks of 256. */
  Q2_K(SuperBlocks.LENGTH, 84, 10, false, SuperBlocks::q2),
  /** 3 bits in super-blocks of 256. */
  Q3_K(SuperBlocks.LENGTH, 110, 11, false, SuperBlocks::q3),
  /** 4 bits in super-blocks of 256. */
  Q4_K(SuperBlocks.LENGTH, 144, 12, false, SuperBlocks::q4),
  /** 5 bits in super-blocks of 256. */
  Q5_K(SuperBlocks.LENGTH, 176, 13, false, SuperBlocks::q5),
  /** 6 bits in super-blocks of 256. */
  Q6_K(SuperBlocks.LENGTH, 210, 14, false, SuperBlocks::q6);

  private final int blockLength;
  private final int blockBytes;
  private final int ggufNumber;
  private final boolean inSafetensors;

  @SuppressWarnings("ImmutableEnumChecker") // the decoders are static methods
  private final BlockDecoder decoder;

  StorageType(
      int blockLength,
      int blockBytes,
      int ggufNumber,
      boolean inSafetensors,
      BlockDecoder decoder) {
    this.blockLength = blockLength;
    this.blockBytes = blockBytes;
    this.ggufNumber = ggufNumber;
    this.inSafetensors = inSafetensors;
    this.decoder = decoder;
  }

  /** Values in one block; 1 for types that store values one by one. */
  public int blockLength() {
    return blockLength;
  }

  /** Bytes of one block. */
  public int blockBytes() {
    return blockBytes;
  }

  /** Whether stored values are numbers by themselves; integers and 8-bit floats need scales. */
  boolean selfContained() {
    return blockLength > 1 || this == F32 || this == F16 || this == BF16 || this == F64;
  }

  /** Whether fp32 values can be written in this type. */
  public boolean writable() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** The fp32 number nearest to a value that this type can hold, ties to even. */
  public float rounded(float value) {
    return switch (this) {
      case F32 -> value;
      case F16 -> HalfFloat.half(HalfFloat.round(value));
      case BF16 -> HalfFloat.brain(HalfFloat.roundBrain(value));
      default -> throw new IllegalStateException("values are not written as " + this);
    };
  }

  /** The number of this type in GGUF files. */
  int ggufNumber() {
    return ggufNumber;
  }

  /**
   * Decodes raw blocks to fp32.
   *
   * @param raw whole blocks
   * @throws UserException when the length is not a multiple of a block's; names both
   */
  public float[] decode(byte[] raw) {
    if (raw.length % blockBytes != 0) {
      throw new UserException(
          name() + " blocks have " + blockBytes + " bytes each; found " + raw.length + " bytes");
    }
    int blocks = raw.length / blockBytes;
    float[] values = new float[Math.multiplyExact(blocks, blockLength)];
    decode(raw, values, blocks);
    return values;
  }

  void decode(byte[] source, float[] target, int blocks) {
    decoder.decode(source, 0, target, 0, blocks);
  }

  /** The number of bytes of some values, whose number is a multiple of the block's length. */
  long bytes(long count) {
    return Math.multiplyExact(count / blockLength, (long) blockBytes);
  }

  static Optional<StorageType> ofGguf(int number) {
    return Arrays.stream(values())
        .filter(t -> t.ggufNumber >= 0 && t.ggufNumber == number)
        .findAny();
  }

  static Optional<StorageType> ofSafetensors(String dtype) {
    return Arrays.stream(values()).filter(t -> t.inSafetensors && t.name().equals(dtype)).findAny();
  }

  static String ggufNames() {
    return names(Arrays.stream(values()).filter(type -> type.ggufNumber >= 0));
  }

  static String safetensorsNames() {
    return names(Arrays.stream(values()).filter(type -> type.inSafetensors));
  }

  private static String names(Stream<StorageType> types) {
    return types.map(StorageType::name).collect(Collectors.joining(", "));
  }

  /** Turns stored blocks into fp32 values. */
  @FunctionalInterface
  interface BlockDecoder {
    /**
     * Decodes consecutive blocks.
     *
     * @param source stored bytes
     * @param from index of the first block's first byte
     * @param target where the values go
     * @param to index of the first value
     * @param blocks how many blocks
     */
    void decode(byte[] source, int from, float[] target, int to, int blocks);
  }
}
