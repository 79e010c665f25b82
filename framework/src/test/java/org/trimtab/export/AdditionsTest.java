package org.trimtab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.io.Json;
import org.trimtab.method.delta.BiasTuning.BlockBias;
import org.trimtab.model.Decoder;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.weights.GgufFile;

/** Adapters and vectors: what is written, and that it is the intervention when it is read. */
class AdditionsTest {
  @TempDir private Path folder;
  private Decoder decoder;
  private TensorNames hub;
  private TensorNames gguf;

  @BeforeEach
  void load() {
    decoder =
        ModelLoader.load(
            Path.of("src/test/resources/fixtures/parity/llama"), Device.cpu(), DataType.FLOAT32);
    hub = TensorNames.hub(decoder.config().family());
    gguf = TensorNames.gguf(decoder.config().family());
  }

  @AfterEach
  void close() {
    decoder.close();
  }

  private OProjEdit edit(OProjEdit.Side side, double factor, int entry, Integer... layers) {
    float[] direction = new float[decoder.config().hidden()];
    direction[entry] = 0.6f;
    direction[entry + 1] = 0.8f;
    SortedMap<Integer, float[]> directions = new TreeMap<>();
    for (int layer : layers) {
      directions.put(layer, direction);
    }
    return new OProjEdit(decoder.manager(), directions, side, factor, false);
  }

  private LowRank lora(Intervention intervention) {
    return LowRank.of(
        Changes.of(intervention, decoder.config()).edits(),
        layer -> decoder.oProjWeight(layer).toFloatArray(),
        decoder.config().hidden(),
        decoder.config().attentionWidth());
  }

  private void sameWeights(Intervention expected, Intervention found) {
    for (int layer = 0; layer < decoder.config().layers(); layer++) {
      float[] own = decoder.oProjWeight(layer).toFloatArray();
      float[] wanted = expected.oProjWeight(layer, decoder.oProjWeight(layer)).toFloatArray();
      float[] read = found.oProjWeight(layer, decoder.oProjWeight(layer)).toFloatArray();
      for (int i = 0; i < own.length; i++) {
        assertThat(read[i]).isCloseTo(wanted[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OProjEdit.Side.class)
  void oneDirectionIsALoraOfRankOne(OProjEdit.Side side) throws IOException {
    try (OProjEdit edit = edit(side, 1.5, 4, 1, 2)) {
      LowRank lora = lora(edit);
      assertThat(lora.rank()).isEqualTo(1);
      Additions.writePeft(folder, lora, hub, "org/base");
      Additions.writeLoraGguf(folder, lora, gguf, "llama");

      sameWeights(edit, Additions.readPeft(folder, hub, decoder.manager(), 4));
      sameWeights(edit, Additions.readLoraGguf(folder, gguf, decoder.manager(), 4));
      Map<?, ?> config =
          Json.MAPPER.readValue(folder.resolve(Additions.PEFT_CONFIG).toFile(), Map.class);
      assertThat(config.get("layers_to_transform")).isEqualTo(List.of(1, 2));
      assertThat(config.get("base_model_name_or_path")).isEqualTo("org/base");
      try (GgufFile file = GgufFile.open(folder.resolve(Additions.LORA))) {
        assertThat(file.metadata().values())
            .containsEntry("general.type", "adapter")
            .containsEntry("adapter.type", "lora")
            .containsEntry("adapter.lora.alpha", 1.0);
        assertThat(file.info("blk.1.attn_output.weight.lora_b").shape())
            .containsExactly((long) decoder.config().hidden(), 1L);
      }
    }
  }

  /** They do not commute: the second acts on what the first left. */
  @Test
  void severalDirectionsAreALoraOfTheirNumberPaddedWhereABlockHasFewer() throws IOException {
    try (Combined both =
        new Combined(
            List.of(
                edit(OProjEdit.Side.OUTPUT, 2, 4, 1, 2), edit(OProjEdit.Side.INPUT, -1, 5, 2)))) {
      LowRank lora = lora(both);
      assertThat(lora.rank()).isEqualTo(2);
      Additions.writePeft(folder, lora, hub, "org/base");

      sameWeights(both, Additions.readPeft(folder, hub, decoder.manager(), 4));
    }
  }

  @Test
  void vectorsAreReadBackFromBothOfTheirFiles() throws IOException {
    int hidden = decoder.config().hidden();
    SortedMap<Integer, float[]> vectors = new TreeMap<>();
    float[] vector = new float[hidden];
    vector[2] = 0.1f;
    vectors.put(1, vector);
    vectors.put(3, vector);
    Additions.writeControlVector(folder, vectors, "llama");
    Additions.writeSteered(folder, vectors);

    float[] expected = new float[decoder.config().layers() * hidden];
    expected[hidden + 2] = 0.1f;
    expected[3 * hidden + 2] = 0.1f;
    for (Intervention read :
        List.of(
            Additions.readControlVector(folder, decoder.config(), decoder.manager()),
            Additions.readSteered(folder, decoder.config(), decoder.manager()))) {
      assertThat(((BlockBias) read).biases().toFloatArray()).isEqualTo(expected);
    }
    try (GgufFile file = GgufFile.open(folder.resolve(Additions.CONTROL_VECTOR))) {
      assertThat(file.names()).containsExactly("direction.1", "direction.3");
      assertThat(file.metadata().values())
          .containsEntry("general.architecture", "controlvector")
          .containsEntry("controlvector.model_hint", "llama");
    }
  }

  /** torch.load reads the archive's entries where they lie: they must not be compressed. */
  @Test
  void aSteeringFileIsAnArchiveAsTorchSavesIt() throws IOException {
    SortedMap<String, float[]> vectors = new TreeMap<>(Map.of("layers.2", new float[] {1, -2}));
    Path file = folder.resolve("steered.pt");
    TorchFile.write(file, vectors);

    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/version");
      assertThat(zip.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
      assertThat(zip.getInputStream(zip.getEntry("archive/data/0")).readAllBytes())
          .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
    }
    assertThat(TorchFile.read(file)).containsOnlyKeys("layers.2");
    assertThat(TorchFile.read(file).get("layers.2")).containsExactly(1, -2);
  }
}
