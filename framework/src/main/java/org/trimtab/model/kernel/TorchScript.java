package org.trimtab.model.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source into the archive that libtorch loads: a stored zip with the code, a
 * pickle of the module's constants and an empty tuple. No Python is needed.
 */
final class TorchScript {
  private static final int PICKLE_PROTOCOL = 2;

  /** A linear map, with or without a bias. */
  private static final Pattern LINEAR =
      Pattern.compile("torch\\.linear\\((\\w+, \\w+)(?:, (\\w+))?\\)");

  private TorchScript() {}

  /**
   * The archive of the class {@code name}, whose source is the resource {@code name.py}.
   *
   * @param constants the module's attributes: Boolean, Integer, Long or Double
   * @param packed whether the weights of its linear maps are {@link Packing packed}
   */
  static byte[] archive(String name, Map<String, Object> constants, boolean packed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/data.pkl", pickle(name, constants));
      String source = source(name);
      String code = packed ? LINEAR.matcher(source).replaceAll(TorchScript::packedLinear) : source;
      store(zip, "archive/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      store(zip, "archive/constants.pkl", new byte[] {(byte) 0x80, PICKLE_PROTOCOL, ')', '.'});
      store(zip, "archive/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String packedLinear(MatchResult linear) {
    String bias = linear.group(2) == null ? "None" : linear.group(2);
    return "ops.mkldnn._linear_pointwise(%s, %s, \"none\", annotate(List[Optional[number]], []), \"\")"
        .formatted(linear.group(1), bias);
  }

  private static String source(String name) throws IOException {
    try (InputStream in = TorchScript.class.getResourceAsStream(name + ".py")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no TorchScript source " + name + ".py");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void store(ZipOutputStream zip, String path, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] pickle(String name, Map<String, Object> constants) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, PICKLE_PROTOCOL});
    out.write(("c__torch__\n" + name + "\n)\u0081}(").getBytes(StandardCharsets.ISO_8859_1));
    put(out, "training", false);
    for (Map.Entry<String, Object> constant : constants.entrySet()) {
      put(out, constant.getKey(), constant.getValue());
    }
    out.write(new byte[] {'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String key, Object value) throws IOException {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer item = ByteBuffer.allocate(5 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    out.write(item.put((byte) 'X').putInt(text.length).put(text).array());
    if (value instanceof Boolean truth) {
      out.write(truth ? 0x88 : 0x89);
    } else if (value instanceof Integer integer) {
      ByteBuffer number = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
      out.write(number.put((byte) 'J').putInt(integer).array());
    } else if (value instanceof Double real) {
      out.write(ByteBuffer.allocate(9).put((byte) 'G').putDouble(real).array());
    } else {
      throw new IllegalArgumentException("constant " + key + " has no TorchScript type: " + value);
    }
  }
}
