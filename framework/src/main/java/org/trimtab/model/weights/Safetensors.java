package org.trimtab.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights.StoredTensor;

/**
 * Opens safetensors files and hub folders that hold them. Source of the format:
 * https://github.com/huggingface/safetensors.
 */
public final class Safetensors {
  /** The file with the weights if they are not split. */
  static final String SINGLE = "model.safetensors";

  /** The file that maps tensors to shards. */
  static final String INDEX = "model.safetensors.index.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Safetensors() {}

  /**
   * Opens one file.
   *
   * @throws UserException when it cannot be read or its header is invalid
   */
  public static MappedWeights open(Path file) {
    return new MappedWeights(file, List.of(file), SafetensorsHeader.read(MappedFile.open(file)));
  }

  /**
   * Opens a hub folder: {@code model.safetensors}, or {@code model.safetensors.index.json} with the
   * shards that it names, which must be plain names of files in that folder.
   *
   * @throws UserException when neither exists, or their content is invalid
   */
  public static MappedWeights openFolder(Path folder) {
    if (Files.exists(folder.resolve(SINGLE))) {
      return open(folder.resolve(SINGLE));
    }
    Path index = folder.resolve(INDEX);
    if (!Files.exists(index)) {
      throw new UserException(
          "%s: holds neither %s nor %s; for a GGUF model name the file"
              .formatted(folder, SINGLE, INDEX));
    }
    Map<String, Map<String, StoredTensor>> shards = new TreeMap<>();
    List<Path> files = new ArrayList<>();
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Map<String, String> shardOf = weightMap(index);
    for (String shard : new TreeMap<>(shardOf).values()) {
      if (!shards.containsKey(shard)) {
        MappedFile file = MappedFile.open(shardPath(index, shard));
        shards.put(shard, SafetensorsHeader.read(file));
      }
    }
    shards.keySet().forEach(shard -> files.add(folder.resolve(shard)));
    shardOf.forEach(
        (tensor, shard) -> {
          StoredTensor stored = shards.getOrDefault(shard, Map.of()).get(tensor);
          if (stored == null) {
            throw new UserException(
                index + ": tensor '" + tensor + "' should be in " + shard + " but is not");
          }
          tensors.put(tensor, stored);
        });
    return new MappedWeights(folder, files, tensors);
  }

  private static Map<String, String> weightMap(Path index) {
    try {
      JsonNode map = JSON.readTree(index.toFile()).path("weight_map");
      if (map.isObject() && !map.isEmpty()) {
        map.forEach(
            shard -> {
              if (!shard.isTextual()) {
                throw new UserException(
                    index + ": 'weight_map' should hold file names, found " + shard.getNodeType());
              }
            });
        return JSON.convertValue(map, new TypeReference<LinkedHashMap<String, String>>() {});
      }
      throw new UserException(index + ": 'weight_map' (tensor name to shard) is missing or empty");
    } catch (JsonProcessingException e) {
      throw new UserException(index + ": is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserException(index + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static Path shardPath(Path index, String shard) {
    boolean plain =
        !shard.isEmpty()
            && !shard.equals(".")
            && !shard.equals("..")
            && shard.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
    if (!plain) {
      throw new UserException(
          index + ": shard '" + shard + "' should be the plain name of a file in that folder");
    }
    return index.resolveSibling(shard);
  }
}
