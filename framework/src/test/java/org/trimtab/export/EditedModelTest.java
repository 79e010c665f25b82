package org.trimtab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.method.delta.BiasTuning.BlockBias;
import org.trimtab.model.Decoder;
import org.trimtab.model.HubWriter;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.family.HubSettings;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.StorageType;
import org.trimtab.model.weights.TensorContent;

/**
 * Whole models with edited weights: what changes, what stays byte for byte, and how it is undone.
 */
class EditedModelTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final String O_PROJ = "model.layers.2.self_attn.o_proj.weight";

  /** The first shard holds what comes before block 2 and is not edited. */
  private static final String FIRST = "model-00001-of-00002.safetensors";

  private static final String SECOND = "model-00002-of-00002.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir private Path folder;

  private static Decoder load(Path path) {
    return ModelLoader.load(path, Device.cpu(), DataType.FLOAT32);
  }

  /** A fixture as large models come: in bfloat16, in two shards, with an index. */
  private Path sharded(String fixture) throws IOException {
    Path model = Files.createDirectories(folder.resolve("base"));
    Files.copy(
        FIXTURES.resolve("parity").resolve(fixture).resolve("config.json"),
        model.resolve("config.json"));
    Files.writeString(model.resolve("LICENSE"), "Do as you like.\n");
    Files.writeString(model.resolve("notes.txt"), "no part of the model\n");
    ObjectNode index = Json.object();
    ObjectNode map = index.putObject("weight_map");
    SafetensorsWriter first = new SafetensorsWriter().metadata("format", "pt");
    SafetensorsWriter second = new SafetensorsWriter().metadata("format", "pt");
    try (MappedWeights whole =
        Safetensors.openFolder(FIXTURES.resolve("parity").resolve(fixture))) {
      for (String name : whole.names()) {
        boolean late = name.contains("layers.2.") || name.contains("layers.3.");
        (late ? second : first)
            .add(
                TensorContent.floats(
                    name, StorageType.BF16, whole.info(name).shape(), () -> whole.floats(name)));
        map.put(name, late ? SECOND : FIRST);
      }
      first.write(model.resolve(FIRST));
      second.write(model.resolve(SECOND));
    }
    Files.writeString(model.resolve(INDEX), Json.pretty(index));
    return model;
  }

  private static OProjEdit edit(Decoder decoder, double factor) {
    float[] direction = new float[decoder.config().hidden()];
    direction[3] = 0.6f;
    direction[5] = -0.8f;
    return new OProjEdit(
        decoder.manager(), Map.of(2, direction), OProjEdit.Side.OUTPUT, factor, false);
  }

  private Path write(
      Path model, Intervention intervention, Decoder decoder, Optional<StorageType> type)
      throws IOException {
    Path target = Files.createDirectories(folder.resolve("written"));
    Changes changes = Changes.of(intervention, decoder.config());
    Set<String> files = new TreeSet<>(List.of("config.json", INDEX, FIRST, SECOND));
    new EditedModel(model, decoder, intervention, changes, new Rounding())
        .writeHub(target, files, type);
    return target;
  }

  /** Tied embeddings, and o_proj of 32 x 64. */
  @Test
  void aShardWithoutAnEditIsCopiedAndTheOtherKeepsTypesAndOrder() throws IOException {
    Path model = sharded("llama-wide-heads");
    try (Decoder decoder = load(model);
        OProjEdit edit = edit(decoder, 1.5)) {
      assertThat(decoder.config().attentionWidth()).isNotEqualTo(decoder.config().hidden());
      Path target = write(model, edit, decoder, Optional.empty());

      assertThat(target.resolve(FIRST)).hasSameBinaryContentAs(model.resolve(FIRST));
      assertThat(target.resolve(INDEX)).hasSameBinaryContentAs(model.resolve(INDEX));
      assertThat(target.resolve("config.json"))
          .hasSameBinaryContentAs(model.resolve("config.json"));
      assertThat(target.resolve("LICENSE")).exists();
      assertThat(target.resolve("notes.txt")).doesNotExist();
      try (MappedWeights before = Safetensors.open(model.resolve(SECOND));
          MappedWeights after = Safetensors.open(target.resolve(SECOND))) {
        assertThat(List.copyOf(after.names())).isEqualTo(List.copyOf(before.names()));
        for (String name : before.names()) {
          assertThat(after.info(name)).isEqualTo(before.info(name));
          if (!name.equals(O_PROJ)) {
            assertThat(after.bytes(name)).isEqualTo(before.bytes(name));
          }
        }
        float[] expected = edit.oProjWeight(2, decoder.oProjWeight(2)).toFloatArray();
        float[] found = after.floats(O_PROJ);
        assertThat(found).isNotEqualTo(before.floats(O_PROJ));
        for (int i = 0; i < expected.length; i++) {
          assertThat(found[i]).isEqualTo(StorageType.BF16.rounded(expected[i]));
        }
      }
    }
  }

  @Test
  void inF32TheEditedModelIsTheCellsToTheBitAndTheEditCanBeUndone() throws IOException {
    Path model = sharded("llama-wide-heads");
    double factor = 1.5;
    try (Decoder decoder = load(model);
        OProjEdit edit = edit(decoder, factor)) {
      Path target = write(model, edit, decoder, Optional.of(StorageType.F32));

      JsonNode config = Json.MAPPER.readTree(target.resolve("config.json").toFile());
      assertThat(config.path("dtype").asText()).isEqualTo("float32");
      try (MappedWeights all = Safetensors.openFolder(target);
          Decoder copy = load(target);
          OProjEdit undo = edit(copy, -factor / (1 + factor))) {
        long bytes = all.names().stream().mapToLong(name -> 4 * all.info(name).count()).sum();
        JsonNode index = Json.MAPPER.readTree(target.resolve(INDEX).toFile());
        assertThat(index.path("metadata").path("total_size").asLong()).isEqualTo(bytes);
        assertThat(copy.oProjWeight(2).toFloatArray())
            .isEqualTo(edit.oProjWeight(2, decoder.oProjWeight(2)).toFloatArray());
        assertThat(copy.oProjWeight(1).toFloatArray())
            .isEqualTo(decoder.oProjWeight(1).toFloatArray());
        float[] base = decoder.oProjWeight(2).toFloatArray();
        float[] undone = undo.oProjWeight(2, copy.oProjWeight(2)).toFloatArray();
        assertThat(undone).hasSameSizeAs(base);
        for (int i = 0; i < base.length; i++) {
          assertThat(undone[i]).isCloseTo(base[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void aVectorBecomesABiasOfDownProjWithItsSwitch() throws IOException {
    Path model = sharded("llama");
    try (Decoder decoder = load(model)) {
      int layers = decoder.config().layers();
      int hidden = decoder.config().hidden();
      NDArray values = decoder.manager().zeros(new Shape(layers, hidden));
      values.set(new NDIndex("1, 4"), 0.5);
      BlockBias bias = new BlockBias(values);
      Path target = write(model, bias, decoder, Optional.of(StorageType.F32));

      JsonNode config = Json.MAPPER.readTree(target.resolve("config.json").toFile());
      assertThat(config.path("mlp_bias").asBoolean()).isTrue();
      try (MappedWeights all = Safetensors.openFolder(target);
          Decoder copy = load(target)) {
        float[] down = all.floats("model.layers.1.mlp.down_proj.bias");
        assertThat(down[4]).isEqualTo(0.5f);
        assertThat(all.floats("model.layers.0.mlp.gate_proj.bias")).containsOnly(0);
        assertThat(copy.config().mlp().bias()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3", "gemma2-as-gguf", "gemma3-as-gguf"})
  void aGgufFileKeepsAllButTheEditedTensors(String fixture) {
    Path model = FIXTURES.resolve("gguf").resolve(fixture + ".gguf");
    try (Decoder decoder = load(model);
        OProjEdit edit = edit(decoder, -1)) {
      Changes changes = Changes.of(edit, decoder.config());
      new EditedModel(model, decoder, edit, changes, new Rounding())
          .writeGguf(folder, StorageType.F32);

      try (GgufFile before = GgufFile.open(model);
          GgufFile after = GgufFile.open(folder.resolve(EditedModel.GGUF));
          Decoder copy = load(folder.resolve(EditedModel.GGUF))) {
        assertThat(after.metadata().values()).isEqualTo(before.metadata().values());
        assertThat(List.copyOf(after.names())).isEqualTo(List.copyOf(before.names()));
        for (String name : before.names()) {
          if (!name.equals("blk.2.attn_output.weight")) {
            assertThat(after.info(name)).isEqualTo(before.info(name));
            assertThat(after.bytes(name)).isEqualTo(before.bytes(name));
          }
        }
        assertThat(copy.oProjWeight(2).toFloatArray())
            .isEqualTo(edit.oProjWeight(2, decoder.oProjWeight(2)).toFloatArray());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3", "gemma2-as-gguf", "gemma3-as-gguf"})
  void theHubFolderOfAGgufFileIsTheSameModel(String fixture) throws IOException {
    Path model = FIXTURES.resolve("gguf").resolve(fixture + ".gguf");
    try (Decoder decoder = load(model);
        GgufFile file = GgufFile.open(model)) {
      ObjectNode config = HubSettings.of(file, decoder.config(), "float32");
      Files.writeString(folder.resolve("config.json"), Json.pretty(config));
      HubWriter.write(
          decoder,
          folder.resolve("model.safetensors"),
          StorageType.F32,
          Intervention.NONE,
          null,
          Map.of());

      try (Decoder copy = load(folder)) {
        assertThat(copy.config())
            .usingRecursiveComparison()
            .ignoringFields("family")
            .withComparatorForType(
                (a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b), Double.class)
            .isEqualTo(decoder.config());
        Map<String, NDArray> expected = decoder.weights().named();
        copy.weights()
            .named()
            .forEach(
                (name, tensor) ->
                    assertThat(tensor.sub(expected.get(name)).abs().max().getFloat())
                        .as(name)
                        .isLessThan(1e-6f));
      }
    }
  }

  @Test
  void rotaryFactorsHaveNoFormInConfigJson() {
    Path model = FIXTURES.resolve("gguf/llama3-rope.gguf");
    try (Decoder decoder = load(model);
        GgufFile file = GgufFile.open(model)) {
      assertThatThrownBy(() -> HubSettings.of(file, decoder.config(), "float32"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("rotary frequencies")
          .hasMessageContaining("--as gguf");
    }
  }
}
