package org.trimtab.export;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;
import org.trimtab.model.Decoder;
import org.trimtab.model.HubWriter;
import org.trimtab.model.family.HubSettings;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.tokenize.Tokenizers;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.GgufWriter;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.StorageType;
import org.trimtab.model.weights.TensorContent;

/**
 * Writes a whole model with the edited weights of an intervention, as the cell's scores used them.
 *
 * @param source the model's files: a hub folder, or a .gguf file
 * @param decoder the model as it was loaded from there, in fp32
 * @param rounding receives what rounding does to the edited tensors
 */
record EditedModel(
    Path source, Decoder decoder, Intervention intervention, Changes changes, Rounding rounding) {
  static final String GGUF = "model.gguf";

  /** Stands for the unembedding among numbers of blocks. */
  private static final int HEAD = -1;

  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = WEIGHTS + ".index.json";
  private static final String CONFIG = "config.json";

  /** The unembedding with the adapter in it; null without one. The caller closes it. */
  private @Nullable NDArray head() {
    AdapterFile adapter = changes.adapter();
    return adapter == null ? null : adapter.merged(decoder.manager(), decoder);
  }

  /** The numbers of edited tensors by name: an o_proj's block, or {@link #HEAD}. */
  private Map<String, Integer> editedNames(TensorNames names) {
    Map<String, Integer> edited = new TreeMap<>();
    changes
        .edits()
        .keySet()
        .forEach(layer -> edited.put(names.weight(Tensor.OUTPUT, layer), layer));
    if (changes.adapter() != null) {
      edited.put(names.weight(Tensor.UNEMBEDDING), HEAD);
    }
    return edited;
  }

  /**
   * The edited o_proj of a block, [D, A], or the unembedding, [V, D], row-major; counts what
   * rounding does to it.
   */
  private float[] edited(int layer, StorageType type) {
    if (layer == HEAD) {
      float[] own = decoder.weights().unembedding().toFloatArray();
      try (NDArray head = Objects.requireNonNull(head())) {
        float[] merged = head.toFloatArray();
        rounding.add(own, merged, type);
        return merged;
      }
    }
    float[] before = decoder.oProjWeight(layer).toFloatArray();
    float[] after = intervention.oProjWeight(layer, decoder.oProjWeight(layer)).toFloatArray();
    rounding.add(before, after, type);
    return after;
  }

  /**
   * Writes the source's GGUF file with the edited tensors in another type; everything else is
   * copied byte for byte.
   */
  void writeGguf(Path folder, StorageType type) {
    TensorNames names = TensorNames.gguf(decoder.config().family());
    Map<String, Integer> layers = editedNames(names);
    try (GgufFile file = GgufFile.open(source)) {
      GgufWriter writer = GgufWriter.like(file);
      for (String name : file.names()) {
        Integer layer = layers.get(name);
        writer.add(
            layer == null
                ? TensorContent.copy(file, name)
                : TensorContent.floats(
                    name, type, file.info(name).shape(), () -> edited(layer, type)));
      }
      writer.write(folder.resolve(GGUF));
    }
  }

  /** Writes a hub folder with what a GGUF file holds, all tensors in one type. */
  void writeHubFromGguf(Path folder, StorageType type) throws IOException {
    try (GgufFile file = GgufFile.open(source)) {
      ObjectNode config = HubSettings.of(file, decoder.config(), dtype(type));
      TensorNames names = TensorNames.hub(decoder.config().family());
      if (!changes.vectors().isEmpty()) {
        if (decoder.config().mlp().bias()) {
          throw new UserException(
              source + " has biases in its MLP already; --as steered adds to them");
        }
        config.put("mlp_bias", true);
      }
      editedNames(names).values().forEach(layer -> edited(layer, type));
      Map<String, float[]> biases = biases(names, name -> Optional.empty());
      biases.values().forEach(bias -> rounding.add(new float[bias.length], bias, type));
      @Nullable NDArray head = head();
      HubWriter.write(decoder, folder.resolve(WEIGHTS), type, intervention, head, biases);
      if (head != null) {
        head.close();
      }
      AtomicFile.write(folder.resolve(CONFIG), Json.pretty(config));
      Tokenizers.write(file.metadata(), folder);
    }
  }

  /**
   * The biases of every block's MLP, once one has a vector: config.json switches all on at once.
   *
   * @param present the bias of a name that the model has already
   */
  private Map<String, float[]> biases(
      TensorNames names, Function<String, Optional<float[]>> present) {
    Map<String, float[]> biases = new LinkedHashMap<>();
    if (changes.vectors().isEmpty()) {
      return biases;
    }
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      Optional<float[]> before = present.apply(names.bias(Tensor.DOWN, layer));
      float[] down = before.map(float[]::clone).orElse(new float[decoder.config().hidden()]);
      float[] vector = changes.vectors().getOrDefault(layer, new float[down.length]);
      for (int i = 0; i < down.length; i++) {
        down[i] += vector[i];
      }
      biases.put(names.bias(Tensor.DOWN, layer), down);
      if (before.isEmpty()) {
        int width = decoder.config().mlp().width();
        biases.put(names.bias(Tensor.GATE, layer), new float[width]);
        biases.put(names.bias(Tensor.UP, layer), new float[width]);
      }
    }
    return biases;
  }

  /**
   * Writes a hub folder like the source's: tensors that are not edited keep their bytes, and shards
   * without an edited tensor are copied.
   *
   * @param files the names of the model's files
   * @param type the type of all floating-point tensors; empty for that of each
   */
  void writeHub(Path folder, Set<String> files, Optional<StorageType> type) throws IOException {
    try (MappedWeights whole = Safetensors.openFolder(source)) {
      TensorNames names =
          TensorNames.hub(decoder.config().family(), whole.names(), source.toString());
      Map<String, Integer> layers = editedNames(names);
      Map<String, float[]> biases =
          biases(
              names,
              name ->
                  whole.names().contains(name)
                      ? Optional.of(whole.floats(name))
                      : Optional.empty());
      SortedMap<String, String> shardOf = new TreeMap<>();
      long bytes = 0;
      for (String file : shards(files)) {
        bytes += writeShard(folder, file, layers, biases, names, type, shardOf);
      }
      boolean sameTensors = biases.isEmpty() && type.isEmpty();
      for (String file : others(files)) {
        if (file.equals(INDEX) && !sameTensors) {
          writeIndex(folder, shardOf, bytes);
        } else if (file.equals(CONFIG) && !sameTensors) {
          writeConfig(folder, type, !biases.isEmpty());
        } else {
          Files.copy(source.resolve(file), folder.resolve(file));
        }
      }
    }
  }

  private static Set<String> shards(Set<String> files) {
    Set<String> shards = new TreeSet<>(files);
    shards.removeIf(file -> !file.endsWith(".safetensors"));
    return shards;
  }

  /** The model's other files, and its licence where it lies beside them. */
  private Set<String> others(Set<String> files) throws IOException {
    Set<String> others = new TreeSet<>(files);
    others.removeIf(file -> file.endsWith(".safetensors"));
    try (Stream<Path> all = Files.list(source)) {
      all.filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("(LICEN[CS]E|NOTICE|USE_POLICY)(\\.\\w+)?"))
          .forEach(others::add);
    }
    return others;
  }

  /** Returns the number of bytes of its tensors. */
  private long writeShard(
      Path folder,
      String file,
      Map<String, Integer> layers,
      Map<String, float[]> biases,
      TensorNames names,
      Optional<StorageType> type,
      Map<String, String> shardOf)
      throws IOException {
    try (MappedWeights shard = Safetensors.open(source.resolve(file))) {
      SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt").inOrder();
      boolean same = true;
      long bytes = 0;
      for (String name : shard.names()) {
        TensorContent content = content(shard, name, layers, biases, type.orElse(shard.type(name)));
        same &= !layers.containsKey(name) && !biases.containsKey(name) && type.isEmpty();
        writer.add(content);
        bytes += content.bytes();
        shardOf.put(name, file);
      }
      for (int layer = 0; layer < decoder.config().layers(); layer++) {
        if (shard.names().contains(names.weight(Tensor.DOWN, layer))) {
          StorageType like = type.orElse(shard.type(names.weight(Tensor.DOWN, layer)));
          for (Tensor tensor : new Tensor[] {Tensor.GATE, Tensor.UP, Tensor.DOWN}) {
            String name = names.bias(tensor, layer);
            float[] values = biases.get(name);
            if (values != null && !shard.names().contains(name)) {
              TensorContent content = bias(name, like, values);
              writer.add(content);
              bytes += content.bytes();
              shardOf.put(name, file);
              same = false;
            }
          }
        }
      }
      if (same) {
        Files.copy(source.resolve(file), folder.resolve(file));
      } else {
        writer.write(folder.resolve(file));
      }
      return bytes;
    }
  }

  private TensorContent content(
      MappedWeights shard,
      String name,
      Map<String, Integer> layers,
      Map<String, float[]> biases,
      StorageType type) {
    Integer layer = layers.get(name);
    float[] bias = biases.get(name);
    if ((layer != null || bias != null) && !shard.type(name).writable()) {
      throw new UserException(
          "%s: tensor '%s' is stored as %s, which cannot be edited; --as lora can say an edit of it"
              .formatted(source, name, shard.type(name)));
    }
    if (layer != null) {
      return TensorContent.floats(name, type, shard.info(name).shape(), () -> edited(layer, type));
    }
    if (bias != null) {
      return bias(name, type, bias);
    }
    boolean number = shard.type(name).writable() || shard.type(name) == StorageType.F64;
    return number && type != shard.type(name)
        ? TensorContent.floats(name, type, shard.info(name).shape(), () -> shard.floats(name))
        : TensorContent.copy(shard, name);
  }

  private TensorContent bias(String name, StorageType type, float[] values) {
    return TensorContent.floats(
        name,
        type,
        List.of((long) values.length),
        () -> {
          rounding.add(new float[values.length], values, type);
          return values;
        });
  }

  private static void writeIndex(Path folder, SortedMap<String, String> shardOf, long bytes)
      throws IOException {
    ObjectNode index = Json.object();
    index.putObject("metadata").put("total_size", bytes);
    ObjectNode map = index.putObject("weight_map");
    shardOf.forEach(map::put);
    AtomicFile.write(folder.resolve(INDEX), Json.pretty(index));
  }

  private void writeConfig(Path folder, Optional<StorageType> type, boolean biases)
      throws IOException {
    ObjectNode config = (ObjectNode) Json.MAPPER.readTree(source.resolve(CONFIG).toFile());
    JsonNode inner = config.path("text_config");
    type.ifPresent(
        to -> {
          putType(config, to);
          if (inner instanceof ObjectNode text) {
            putType(text, to);
          }
        });
    if (biases) {
      (inner instanceof ObjectNode text ? text : config).put("mlp_bias", true);
    }
    AtomicFile.write(folder.resolve(CONFIG), Json.pretty(config));
  }

  /** transformers 4 reads torch_dtype, transformers 5 dtype. */
  private static void putType(ObjectNode config, StorageType type) {
    config.put(config.has("dtype") ? "dtype" : "torch_dtype", dtype(type));
  }

  private static String dtype(StorageType type) {
    return switch (type) {
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      default -> "float32";
    };
  }
}
