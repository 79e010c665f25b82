package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;

/** Values by hand: a stored number times its scale. */
class ScaledWeightsTest {
  private static final byte[] BYTES = {1, 2, 3, -4, 5, 6};

  /** 1, 1.5, 448, -1, 2, 0.5 as float8_e4m3fn. */
  private static final byte[] EIGHTS = {0x38, 0x3c, 0x7e, (byte) 0xb8, 0x40, 0x30};

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ObjectNode header = new ObjectMapper().createObjectNode();

  @Test
  void int8OfCompressedTensorsHasAScalePerChannel() throws IOException {
    put("a.weight", "I8", BYTES, 2, 3);
    put("a.weight_scale", "F32", floats(0.5f, 2), 2, 1);
    assertThat(read("a.weight")).containsExactly(0.5f, 1, 1.5f, -8, 10, 12);
    assertThat(open().names()).containsExactly("a.weight");
  }

  @Test
  void aZeroPointIsSubtracted() throws IOException {
    put("a.weight", "I8", BYTES, 2, 3);
    put("a.weight_scale", "F32", floats(0.5f, 2), 2, 1);
    put("a.weight_zero_point", "I8", new byte[] {1, -4}, 2, 1);
    assertThat(read("a.weight")).containsExactly(0, 0.5f, 1, 0, 18, 20);
  }

  @Test
  void int8OfBitsAndBytesIsOfA127thOfItsScale() throws IOException {
    put("a.weight", "I8", BYTES, 2, 3);
    put("a.SCB", "F32", floats(127, 254), 2);
    put("a.weight_format", "U8", new byte[] {0});
    assertThat(read("a.weight")).containsExactly(1, 2, 3, -8, 10, 12);
    assertThat(open().names()).containsExactly("a.weight");
  }

  @Test
  void fp8HasOneScaleOrOnePerChannel() throws IOException {
    put("a.weight", "F8_E4M3", EIGHTS, 2, 3);
    put("a.weight_scale", "F32", floats(2));
    put("a.input_scale", "F32", floats(1));
    put("b.weight", "F8_E5M2", new byte[] {0x3c, 0x3e, 0x40, (byte) 0xbc, 0x40, 0x38}, 2, 3);
    put("b.weight_scale", "F32", floats(2, 4), 2);
    assertThat(read("a.weight")).containsExactly(2, 3, 896, -2, 4, 1);
    assertThat(read("b.weight")).containsExactly(2, 3, 4, -4, 8, 2);
    assertThat(open().names()).containsExactlyInAnyOrder("a.weight", "b.weight");
  }

  @Test
  void fineGrainedFp8HasAScalePerBlock() throws IOException {
    put("a.weight", "F8_E4M3", EIGHTS, 2, 3);
    put("a.weight_scale_inv", "F32", floats(2, 10), 1, 2);
    assertThat(read("a.weight")).containsExactly(2, 3, 4480, -2, 4, 5);
  }

  @Test
  void integersWithoutScalesMeanNothing() throws IOException {
    for (String type : List.of("I8", "U8", "F8_E4M3", "F8_E5M2", "BOOL")) {
      put(type + ".weight", type, BYTES, 2, 3);
      assertRefused(type + ".weight", "has type " + type + ", whose values mean nothing without");
    }
    put("i.weight", "I16", new byte[12], 2, 3);
    assertRefused("i.weight", "there is no 'i.weight_scale'");
  }

  @Test
  void scalesOfAnotherShapeAreRefused() throws IOException {
    put("a.weight", "I8", BYTES, 2, 3);
    put("a.weight_scale", "F32", floats(1, 2, 3), 3, 1);
    assertRefused("a.weight", "scales 'a.weight_scale' of shape [3, 1] do not fit tensor");
    put("b.weight", "I8", BYTES, 2, 3);
    put("b.weight_scale", "F32", floats(1, Float.NaN), 2, 1);
    assertRefused("b.weight", "value 1 of scales 'b.weight_scale' is not finite");
  }

  private void assertRefused(String tensor, String message) throws IOException {
    ScaledWeights weights = open();
    assertThatThrownBy(() -> weights.check(tensor))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining(message);
  }

  private float[] read(String tensor) throws IOException {
    float[] all = new float[6];
    float[] end = new float[4];
    open().read(tensor, 0, FloatBuffer.wrap(all));
    open().read(tensor, 2, FloatBuffer.wrap(end));
    assertThat(end).isEqualTo(Arrays.copyOfRange(all, 2, 6));
    return all;
  }

  private ScaledWeights open() throws IOException {
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("model.safetensors");
    ByteBuffer whole =
        ByteBuffer.allocate(8 + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
    whole.putLong(json.length).put(json).put(data.toByteArray());
    Files.write(file, whole.array());
    return new ScaledWeights(Safetensors.open(file), 2, 2);
  }

  private void put(String name, String type, byte[] bytes, long... shape) throws IOException {
    ObjectNode entry = header.putObject(name).put("dtype", type);
    Arrays.stream(shape).forEach(entry.putArray("shape")::add);
    entry.putArray("data_offsets").add(data.size()).add(data.size() + bytes.length);
    data.write(bytes);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
