package org.trimtab.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A safetensors file in parts, which is written without any check. */
final class TensorFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A tensor as the header describes it, with its bytes. */
  record Tensor(String type, long[] shape, byte[] data) {
    Tensor typed(String other) {
      return new Tensor(other, shape, data);
    }

    Tensor shaped(long... other) {
      return new Tensor(type, other, data);
    }

    Tensor with(byte[] other) {
      return new Tensor(type, shape, other);
    }
  }

  final Map<String, Tensor> tensors = new LinkedHashMap<>();

  static TensorFile of(byte[] file) throws IOException {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode header = JSON.readTree(new String(file, 8, length, StandardCharsets.UTF_8));
    TensorFile parts = new TensorFile();
    header
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("__metadata__")) {
                parts.tensors.put(entry.getKey(), tensor(file, 8 + length, entry.getValue()));
              }
            });
    return parts;
  }

  private static Tensor tensor(byte[] file, int data, JsonNode info) {
    long[] shape = new long[info.get("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = info.get("shape").get(i).longValue();
    }
    int from = data + info.get("data_offsets").get(0).intValue();
    int to = data + info.get("data_offsets").get(1).intValue();
    return new Tensor(info.get("dtype").asText(), shape, Arrays.copyOfRange(file, from, to));
  }

  /** The header as it would be written. */
  ObjectNode header() {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode info = header.putObject(entry.getKey());
      info.put("dtype", entry.getValue().type());
      for (long size : entry.getValue().shape()) {
        info.withArray("shape").add(size);
      }
      if (entry.getValue().shape().length == 0) {
        info.putArray("shape");
      }
      info.putArray("data_offsets").add(offset).add(offset + entry.getValue().data().length);
      offset += entry.getValue().data().length;
    }
    return header;
  }

  byte[] bytes() {
    return bytes(header().toString());
  }

  /** The file with another header. */
  byte[] bytes(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return bytes(padded.length, padded);
  }

  /** The file with another header and any length of it. */
  byte[] bytes(long length, byte[] header) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    out.writeBytes(header);
    tensors.values().forEach(tensor -> out.writeBytes(tensor.data()));
    return out.toByteArray();
  }
}
