package org.trimtab.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.trimtab.UserException;

/**
 * Steering files of lm-eval's model type {@code steered}: what {@code torch.save} writes for a dict
 * from the name of a module to its vector. The file is a ZIP archive of uncompressed entries: a
 * pickle, and the numbers of each tensor.
 */
final class TorchFile {
  private static final String ROOT = "archive/";
  private static final String VECTOR = "steering_vector";
  private static final String COEFFICIENT = "steering_coefficient";

  private TorchFile() {}

  /** Writes a vector to add for each module, at all positions. */
  static void write(Path file, Map<String, float[]> vectors) throws IOException {
    Pickle pickle = new Pickle();
    pickle.begin();
    int storage = 0;
    for (Map.Entry<String, float[]> entry : vectors.entrySet()) {
      pickle.text(entry.getKey()).begin();
      pickle.text(VECTOR).tensor(storage++, entry.getValue().length);
      pickle.text(COEFFICIENT).real(1);
      pickle.text("action").text("add");
      pickle.text("bias").nothing();
      pickle.text("head_index").nothing();
      pickle.end();
    }
    pickle.end();
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "data.pkl", pickle.bytes());
      put(zip, "byteorder", ascii("little"));
      storage = 0;
      for (float[] vector : vectors.values()) {
        ByteBuffer numbers = ByteBuffer.allocate(4 * vector.length);
        numbers.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
        put(zip, "data/" + storage++, numbers.array());
      }
      put(zip, "version", ascii("3\n"));
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setTime(0);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The pickle of dicts of texts, numbers and tensors, protocol 2. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
      out.writeBytes(new byte[] {(byte) 0x80, 2});
    }

    void begin() {
      out.writeBytes(ascii("}("));
    }

    void end() {
      out.write('u');
    }

    Pickle text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      out.write('X');
      out.writeBytes(little(utf8.length));
      out.writeBytes(utf8);
      return this;
    }

    void real(double value) {
      out.write('G');
      out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
    }

    void nothing() {
      out.write('N');
    }

    private Pickle integer(int value) {
      out.write('J');
      out.writeBytes(little(value));
      return this;
    }

    /** A vector of a number of values in fp32, in an entry of the archive of its own. */
    void tensor(int storage, int length) {
      out.writeBytes(ascii("ctorch._utils\n_rebuild_tensor_v2\n(("));
      text("storage");
      out.writeBytes(ascii("ctorch\nFloatStorage\n"));
      text(Integer.toString(storage)).text("cpu").integer(length);
      out.writeBytes(ascii("tQ")); // the tuple names the storage
      integer(0); // offset
      out.write('(');
      integer(length);
      out.writeBytes(ascii("t(")); // shape
      integer(1);
      out.write('t'); // strides
      out.write(0x89); // no gradient
      out.writeBytes(ascii("ccollections\nOrderedDict\n)RtR"));
    }

    byte[] bytes() {
      out.write('.');
      return out.toByteArray();
    }

    private static byte[] little(int value) {
      return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @return by module, coefficient times vector
   * @throws UserException when the file is of another kind
   */
  static SortedMap<String, float[]> read(Path file) throws IOException {
    SortedMap<String, float[]> vectors = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Object whole = new Unpickler(bytes(zip, "data.pkl"), file).read();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) whole).entrySet()) {
        Map<?, ?> steered = (Map<?, ?>) entry.getValue();
        if (!"add".equals(steered.get("action"))) {
          throw new UserException(file + ": only the action 'add' is known");
        }
        float[] vector = values(bytes(zip, "data/" + steered.get(VECTOR)));
        if (steered.get(COEFFICIENT) instanceof Double coefficient) {
          for (int i = 0; i < vector.length; i++) {
            vector[i] *= coefficient.floatValue();
          }
        }
        vectors.put((String) entry.getKey(), vector);
      }
    }
    return vectors;
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(ROOT + name);
    if (entry == null) {
      throw new UserException(zip.getName() + ": has no entry " + ROOT + name);
    }
    return zip.getInputStream(entry).readAllBytes();
  }

  private static float[] values(byte[] raw) {
    float[] values = new float[raw.length / 4];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Reads pickles of dicts, texts, numbers and tensors; a tensor becomes the name of its storage.
   */
  private static final class Unpickler {
    private static final Object MARK = new Object();
    private static final Object NONE = new Object();

    private final ByteBuffer in;
    private final Path file;
    private final Deque<Object> stack = new ArrayDeque<>();

    Unpickler(byte[] pickle, Path file) {
      in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
      this.file = file;
    }

    Object read() {
      while (true) {
        int code = in.get() & 0xff;
        switch (code) {
          case 0x80 -> in.get();
          case '}' -> stack.push(new LinkedHashMap<Object, Object>());
          case '(' -> stack.push(MARK);
          case ')' -> stack.push(List.of());
          case 'X' -> stack.push(text());
          case 'J' -> stack.push(in.getInt());
          case 'G' -> stack.push(in.duplicate().order(ByteOrder.BIG_ENDIAN).getDouble(skip(8)));
          case 'N', 0x89 -> stack.push(NONE);
          case 'c' -> stack.push(line() + "." + line());
          case 't' -> {
            List<Object> elements = elements();
            stack.push(elements);
          }
          case 'Q' -> stack.push(((List<?>) stack.pop()).get(2));
          case 'R' -> {
            List<?> arguments = (List<?>) stack.pop();
            stack.pop();
            stack.push(arguments.isEmpty() ? NONE : arguments.get(0));
          }
          case 'u' -> {
            List<Object> pairs = elements();
            @SuppressWarnings("unchecked") // only '}' and 'R' leave what a mark for pairs follows
            Map<Object, Object> target = (Map<Object, Object>) stack.element();
            for (int i = 0; i < pairs.size(); i += 2) {
              target.put(pairs.get(i), pairs.get(i + 1));
            }
          }
          case '.' -> {
            return stack.pop();
          }
          default ->
              throw new UserException(
                  file + ": opcode " + code + " at byte " + (in.position() - 1) + " is not known");
        }
      }
    }

    private int skip(int bytes) {
      int at = in.position();
      in.position(at + bytes);
      return at;
    }

    private String text() {
      byte[] utf8 = new byte[in.getInt()];
      in.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }

    private String line() {
      StringBuilder text = new StringBuilder();
      for (char c = (char) in.get(); c != '\n'; c = (char) in.get()) {
        text.append(c);
      }
      return text.toString();
    }

    private List<Object> elements() {
      List<Object> elements = new ArrayList<>();
      for (Object top = stack.pop(); top != MARK; top = stack.pop()) {
        elements.add(0, top);
      }
      return elements;
    }
  }
}
