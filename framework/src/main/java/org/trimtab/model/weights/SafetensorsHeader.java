package org.trimtab.model.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights.StoredTensor;

/**
 * Reads and checks the header of a safetensors file: 8 bytes of length, that many bytes of JSON,
 * then the data, which the tensors must cover without gaps or overlaps, as the reference
 * implementation demands.
 */
final class SafetensorsHeader {
  /** The reference implementation's limit on the header's length in bytes. */
  static final long LONGEST = 100_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(20).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final MappedFile file;
  private final long dataStart;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

  private SafetensorsHeader(MappedFile file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  static Map<String, StoredTensor> read(MappedFile file) {
    file.requireContent();
    if (file.size() < Long.BYTES) {
      throw file.problem("is too short for a safetensors file (" + file.size() + " bytes)");
    }
    long length = PlainValues.longAt(file.bytes(0, Long.BYTES), 0);
    if (length < 2 || length > Math.min(LONGEST, file.size() - Long.BYTES)) {
      throw file.problem(
          ("should have a header of at most %s bytes, found %s; it is truncated or not a"
                  + " safetensors file")
              .formatted(
                  Math.min(LONGEST, file.size() - Long.BYTES), Long.toUnsignedString(length)));
    }
    byte[] header = file.bytes(Long.BYTES, (int) length);
    SafetensorsHeader reader = new SafetensorsHeader(file, Long.BYTES + length);
    try (JsonParser json = JSON.createParser(header)) {
      reader.readTensors(json);
    } catch (JsonProcessingException e) {
      throw file.problem("has a broken header: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw file.problem("has a broken header: " + e.getMessage(), e);
    }
    reader.requireCovered();
    return reader.tensors;
  }

  private void readTensors(JsonParser json) throws IOException {
    expect(json, json.nextToken(), JsonToken.START_OBJECT, "the header");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      expect(json, value, JsonToken.START_OBJECT, "entry '" + name + "'");
      if (name.equals("__metadata__")) {
        json.skipChildren();
      } else {
        tensors.put(name, readTensor(json, name));
      }
    }
    if (json.nextToken() != null) {
      throw file.problem("has more in its header than one JSON object");
    }
  }

  private StoredTensor readTensor(JsonParser json, String name) throws IOException {
    @Nullable String dtype = null;
    @Nullable List<Long> shape = null;
    @Nullable List<Long> offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(json, json.currentToken(), JsonToken.VALUE_STRING, "'dtype' of '" + name + "'");
          dtype = json.getText();
        }
        case "shape" -> shape = integers(json, "'shape' of '" + name + "'");
        case "data_offsets" -> offsets = integers(json, "'data_offsets' of '" + name + "'");
        default -> json.skipChildren();
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      throw problem(name, "needs dtype, shape and data_offsets");
    }
    return checked(name, dtype, shape, offsets);
  }

  private StoredTensor checked(String name, String dtype, List<Long> shape, List<Long> offsets) {
    StorageType type =
        StorageType.ofSafetensors(dtype)
            .orElseThrow(
                () ->
                    problem(
                        name,
                        "has type %s; readable types are %s"
                            .formatted(dtype, StorageType.safetensorsNames())));
    long expected = TensorLayout.bytes(file, name, type, shape);
    long available = file.size() - dataStart;
    if (offsets.size() != 2
        || offsets.get(0) < 0
        || offsets.get(1) < offsets.get(0)
        || offsets.get(1) > available) {
      throw problem(
          name, "lies at " + offsets + ", outside the file's " + available + " bytes of data");
    }
    long begin = offsets.get(0);
    if (offsets.get(1) - begin != expected) {
      throw problem(
          name,
          "should take %s bytes (%s %s), but lies at %s"
              .formatted(expected, dtype, shape, offsets));
    }
    return new StoredTensor(
        new TensorInfo(name, dtype, shape), type, file, dataStart + begin, expected);
  }

  private void requireCovered() {
    TensorLayout.requireDisjoint(file, tensors.values());
    long covered = tensors.values().stream().mapToLong(StoredTensor::bytes).sum();
    if (covered != file.size() - dataStart) {
      throw file.problem(
          "has %s bytes of data, but its tensors take %s; it is truncated or damaged"
              .formatted(file.size() - dataStart, covered));
    }
  }

  private List<Long> integers(JsonParser json, String what) throws IOException {
    expect(json, json.currentToken(), JsonToken.START_ARRAY, what);
    List<Long> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
      values.add(json.getLongValue());
    }
    return values;
  }

  private void expect(JsonParser json, @Nullable JsonToken found, JsonToken wanted, String what)
      throws IOException {
    if (found != wanted) {
      throw file.problem(
          "has a broken header: %s should be %s, found %s at byte %s"
              .formatted(what, wanted, found, json.currentTokenLocation().getByteOffset()));
    }
  }

  private UserException problem(String tensor, String message) {
    return TensorLayout.problem(file, tensor, message);
  }
}
