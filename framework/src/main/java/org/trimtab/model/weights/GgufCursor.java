package org.trimtab.model.weights;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.trimtab.UserException;

/** Reads a GGUF header sequentially; never past the file's end or a sane header's length. */
final class GgufCursor {
  /** The longest header that is read, in bytes; real ones have a few million. */
  static final long LONGEST_HEADER = 1L << 29;

  private final MappedFile file;
  private final long limit;
  private final byte[] number = new byte[Long.BYTES];
  private long position;

  GgufCursor(MappedFile file) {
    this.file = file;
    this.limit = Math.min(file.size(), LONGEST_HEADER);
  }

  long position() {
    return position;
  }

  byte i8(String what) {
    next(Byte.BYTES, what);
    return number[0];
  }

  short i16(String what) {
    next(Short.BYTES, what);
    return PlainValues.shortAt(number, 0);
  }

  int i32(String what) {
    next(Integer.BYTES, what);
    return PlainValues.intAt(number, 0);
  }

  /** A signed 64-bit number, or an unsigned one that must be below 2^63. */
  long i64(String what) {
    next(Long.BYTES, what);
    return PlainValues.longAt(number, 0);
  }

  /** An unsigned 64-bit number, refused from 2^63 on. */
  long u64(String what) {
    long value = i64(what);
    if (value < 0) {
      throw problem(what, "is too large: " + Long.toUnsignedString(value));
    }
    return value;
  }

  /** A count of things with a minimum size in bytes, refused if they cannot fit. */
  int count(String what, long leastBytesEach) {
    long count = u64(what);
    if (count > (limit - position) / leastBytesEach) {
      throw problem(what, "is " + count + ", more than the rest of the file can hold");
    }
    return (int) count;
  }

  String string(String what, int longest) {
    int length = count("the length of " + what, 1);
    if (length > longest) {
      throw problem(what, "is " + length + " bytes long; at most " + longest + " are allowed");
    }
    byte[] bytes = file.bytes(position, length);
    position += length;
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw file.problem(what + " is not UTF-8 text (at byte " + (position - length) + ")", e);
    }
  }

  UserException problem(String what, String message) {
    return file.problem(what + " " + message + " (near byte " + position + ")");
  }

  private void next(int bytes, String what) {
    if (bytes > limit - position) {
      throw problem(what, "lies beyond the end; the file is truncated or its header is damaged");
    }
    file.read(position, number, bytes);
    position += bytes;
  }
}
