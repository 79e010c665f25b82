package org.trimtab.mutation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A GGUF file in parts, which is written without any check. */
final class GgufParts {
  static final int UINT32 = 4;
  static final int FLOAT32 = 6;
  static final int STRING = 8;
  static final int ARRAY = 9;
  private static final int ALIGNMENT = 32;

  /** A key with the type and the bytes of its value. */
  record Entry(String key, int type, byte[] value) {}

  /** A tensor's description; the data has its own list. */
  record Info(String name, long[] sizes, int type, long offset) {}

  int magic = 0x46554747;
  int version = 3;
  long tensorCount;
  long entryCount;
  final List<Entry> entries = new ArrayList<>();
  final List<Info> tensors = new ArrayList<>();
  byte[] data = {};

  static GgufParts of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    GgufParts parts = new GgufParts();
    in.getInt();
    parts.version = in.getInt();
    parts.tensorCount = in.getLong();
    parts.entryCount = in.getLong();
    for (int i = 0; i < parts.entryCount; i++) {
      String key = text(in);
      int type = in.getInt();
      int from = in.position();
      skip(in, type);
      parts.entries.add(new Entry(key, type, Arrays.copyOfRange(file, from, in.position())));
    }
    for (int i = 0; i < parts.tensorCount; i++) {
      String name = text(in);
      long[] sizes = new long[in.getInt()];
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] = in.getLong();
      }
      parts.tensors.add(new Info(name, sizes, in.getInt(), in.getLong()));
    }
    int begin = (in.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    parts.data = Arrays.copyOfRange(file, begin, file.length);
    return parts;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[(int) in.getLong()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void skip(ByteBuffer in, int type) {
    switch (type) {
      case 0, 1, 7 -> in.position(in.position() + 1);
      case 2, 3 -> in.position(in.position() + 2);
      case 4, 5, 6 -> in.position(in.position() + 4);
      case 10, 11, 12 -> in.position(in.position() + 8);
      case STRING -> text(in);
      default -> {
        int element = in.getInt();
        long count = in.getLong();
        for (long i = 0; i < count; i++) {
          skip(in, element);
        }
      }
    }
  }

  int index(String key) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** Replaces a value, or adds it. */
  void set(String key, int type, byte[] value) {
    int at = index(key);
    if (at < 0) {
      entries.add(new Entry(key, type, value));
      entryCount++;
    } else {
      entries.set(at, new Entry(key, type, value));
    }
  }

  static byte[] whole(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static byte[] whole(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  static byte[] number(float value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
  }

  static byte[] text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(whole((long) bytes.length));
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  static byte[] texts(List<String> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(whole(STRING));
    out.writeBytes(whole((long) values.size()));
    values.forEach(value -> out.writeBytes(text(value)));
    return out.toByteArray();
  }

  static byte[] array(int type, int count, byte[] element) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(whole(type));
    out.writeBytes(whole((long) count));
    for (int i = 0; i < count; i++) {
      out.writeBytes(element);
    }
    return out.toByteArray();
  }

  /** The bytes before the data, without padding. */
  byte[] head() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(whole(magic));
    out.writeBytes(whole(version));
    out.writeBytes(whole(tensorCount));
    out.writeBytes(whole(entryCount));
    for (Entry entry : entries) {
      out.writeBytes(text(entry.key()));
      out.writeBytes(whole(entry.type()));
      out.writeBytes(entry.value());
    }
    for (Info tensor : tensors) {
      out.writeBytes(text(tensor.name()));
      out.writeBytes(whole(tensor.sizes().length));
      for (long size : tensor.sizes()) {
        out.writeBytes(whole(size));
      }
      out.writeBytes(whole(tensor.type()));
      out.writeBytes(whole(tensor.offset()));
    }
    return out.toByteArray();
  }

  byte[] bytes() {
    byte[] head = head();
    int begin = (head.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] file = Arrays.copyOf(head, begin + data.length);
    System.arraycopy(data, 0, file, begin, data.length);
    return file;
  }
}
