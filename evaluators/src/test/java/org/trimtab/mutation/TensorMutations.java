package org.trimtab.mutation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A hub folder's model.safetensors, changed in one place. */
final class TensorMutations {
  private static final String PLACE = "model\\.safetensors|config\\.json";

  private TensorMutations() {}

  static Mutant write(Draw draw, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    TensorFile parts = TensorFile.of(content);
    List<String> names = new ArrayList<>(parts.tensors.keySet());
    String name = draw.of(names);
    TensorFile.Tensor tensor = Objects.requireNonNull(parts.tensors.get(name));
    Expected expected = Expected.REFUSED;
    String what;
    byte[] changed = null;
    switch (draw.below(22)) {
      case 0 -> {
        parts.tensors.remove(name);
        what = name + " lost";
      }
      case 1 -> {
        parts.tensors.remove(name);
        String other =
            draw.of(
                "x" + name,
                name + "_old",
                name.replace("weight", "bias"),
                name.replace("model.", ""));
        parts.tensors.put(other.equals(name) ? name + "x" : other, tensor);
        what = name + " renamed to " + other;
      }
      case 2, 3 -> {
        String type =
            draw.of(
                "I8", "U8", "I16", "I32", "I64", "BOOL", "F64", "F8_E4M3", "F4", "C64", "f32", "",
                "U32");
        parts.tensors.put(name, tensor.typed(type));
        what = name + " said to be " + type;
      }
      case 4, 5 -> {
        String type = draw.of("I8", "U8", "I16", "I32", "BOOL", "F8_E4M3", "F8_E5M2");
        parts.tensors.put(name, converted(tensor, type));
        what = name + " as " + type + ", of the right length";
      }
      case 6, 7 -> {
        long[] shape = tensor.shape();
        long[] other =
            shape.length == 2 && shape[0] != shape[1]
                ? new long[] {shape[1], shape[0]}
                : shape.length == 2 ? new long[] {shape[0] * shape[1]} : new long[] {1, shape[0]};
        parts.tensors.put(name, tensor.shaped(other));
        what = name + " of shape " + Arrays.toString(other);
      }
      case 8 -> {
        long[] other = tensor.shape().clone();
        other[0] = draw.of(List.of(0L, -1L, other[0] + 1, 1L << 40, Long.MAX_VALUE));
        parts.tensors.put(name, tensor.shaped(other));
        what = name + " said to be of shape " + Arrays.toString(other);
      }
      case 9 -> {
        int rows = Math.max(1, (int) tensor.shape()[0] - 1);
        long[] other = tensor.shape().clone();
        int length = (int) (tensor.data().length / other[0] * rows);
        other[0] = rows;
        parts.tensors.put(name, tensor.shaped(other).with(Arrays.copyOf(tensor.data(), length)));
        what = name + " has a row less";
      }
      case 10 -> {
        String block = draw.of(names.stream().filter(one -> one.contains("layers.0.")).toList());
        int layers =
            (int) names.stream().filter(one -> one.endsWith(".input_layernorm.weight")).count();
        parts.tensors.put(
            block.replace("layers.0.", "layers." + layers + "."), parts.tensors.get(block));
        what = block + " also for a layer more";
      }
      case 11 -> {
        String extra =
            draw.of(
                "model.layers.0.mlp.extra.weight",
                "classifier.weight",
                "model.layers.0.self_attn.q_proj.weight_scale",
                "model.layers.0.mlp.down_proj.SCB",
                "model.layers.0.self_attn.q_proj.lora_A.weight",
                "model.layers.0.self_attn.sinks",
                "model.layers.0.mlp.gate.weight",
                "score.weight");
        parts.tensors.put(extra, tensor);
        what = "a tensor " + extra + " more";
      }
      case 12 -> {
        parts.tensors.put(
            "model.layers.0.self_attn.rotary_emb.inv_freq",
            new TensorFile.Tensor("F32", new long[] {4}, new byte[16]));
        what = "a rotary buffer more";
        expected = Expected.SAME;
      }
      case 13 -> {
        byte[] header = parts.header().toString().getBytes(StandardCharsets.UTF_8);
        long length =
            draw.of(
                List.of(
                    0L,
                    -1L,
                    (long) header.length - 1,
                    (long) header.length + 64,
                    1L << 40,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    100_000_001L));
        changed = parts.bytes(length, header);
        what = "header length " + length + " instead of " + header.length;
      }
      case 14 -> {
        ObjectNode header = parts.header();
        ObjectNode info = (ObjectNode) header.get(name);
        long from = info.get("data_offsets").get(0).longValue();
        long to = info.get("data_offsets").get(1).longValue();
        List<List<Long>> others =
            List.of(
                List.of(from + 4, to + 4),
                List.of(to, from),
                List.of(-4L, to),
                List.of(from, to + 4),
                List.of(from, 1L << 50),
                List.of(content.length * 1L, content.length + to - from));
        List<Long> other = draw.of(others);
        info.putArray("data_offsets").add(other.get(0)).add(other.get(1));
        changed = parts.bytes(header.toString());
        what = name + " at " + other + " instead of " + List.of(from, to);
      }
      case 15 -> {
        changed = Arrays.copyOf(content, content.length - 1 - draw.below(content.length / 2));
        what = "cut to " + changed.length + " of " + content.length + " bytes";
      }
      case 16 -> {
        changed = Arrays.copyOf(content, content.length + 1 + draw.below(1000));
        what = "bytes appended";
        expected = Expected.REFUSED_OR_SAME;
      }
      case 17 -> {
        String header = parts.header().toString();
        String entry = "{\"" + name + "\":" + parts.header().get(name) + ",";
        changed = parts.bytes(entry + header.substring(1));
        what = name + " twice in the header";
      }
      case 18 -> {
        byte[] data = tensor.data().clone();
        int size = tensor.type().equals("F32") ? 4 : 2;
        int at = draw.below(data.length / size) * size;
        Arrays.fill(data, at, at + size, (byte) 0xff);
        parts.tensors.put(name, tensor.with(data));
        what = name + " has a NaN";
        expected = Expected.ANY;
      }
      case 19 -> {
        String header = parts.header().toString();
        changed =
            parts.bytes(
                draw.of(
                    "{}",
                    "[]",
                    "null",
                    "",
                    header.substring(0, header.length() / 2),
                    header.replace("\"dtype\"", "\"type\""),
                    header.replace("\"shape\":[", "\"shape\":[null,"),
                    header.replace("\"data_offsets\":[", "\"data_offsets\":[\"0\","),
                    "{\"a\":".repeat(50_000)));
        what = "another header";
      }
      case 20 -> {
        if (!tensor.type().equals("F32")) {
          return ModelMutations.flipped(draw, file, 4000);
        }
        parts.tensors.put(name, half(tensor));
        what = name + " in half precision";
        expected = Expected.ANY;
      }
      default -> {
        return ModelMutations.flipped(draw, file, draw.once(2) ? 4000 : content.length);
      }
    }
    Files.write(file, changed == null ? parts.bytes() : changed);
    return new Mutant("model.safetensors: " + what, expected, PLACE);
  }

  /** Other bytes, as many as the type needs. */
  private static TensorFile.Tensor converted(TensorFile.Tensor tensor, String type) {
    int size = type.equals("I32") ? 4 : type.equals("I16") ? 2 : 1;
    int own = tensor.type().equals("F32") ? 4 : 2;
    byte[] data = new byte[tensor.data().length / own * size];
    for (int i = 0; i < data.length; i += size) {
      data[i] = (byte) (i * 31 % 97);
    }
    return new TensorFile.Tensor(type, tensor.shape(), data);
  }

  private static TensorFile.Tensor half(TensorFile.Tensor tensor) {
    ByteBuffer in = ByteBuffer.wrap(tensor.data()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(tensor.data().length / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      out.putShort((short) (Float.floatToIntBits(in.getFloat()) >>> 16));
    }
    return new TensorFile.Tensor("BF16", tensor.shape(), out.array());
  }
}
