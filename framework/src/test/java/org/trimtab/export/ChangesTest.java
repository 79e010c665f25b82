package org.trimtab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.method.delta.BiasTuning.BlockBias;
import org.trimtab.model.Decoder;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.intervene.PromptEndDelta;

/** Which form can say what, and how the others are refused. */
class ChangesTest {
  private Decoder decoder;
  private NDManager manager;

  @BeforeEach
  void load() {
    decoder = ModelLoader.load(parity("llama"), Device.cpu(), DataType.FLOAT32);
    manager = decoder.manager();
  }

  @AfterEach
  void close() {
    decoder.close();
  }

  private static Path parity(String fixture) {
    return Path.of("src/test/resources/fixtures/parity").resolve(fixture);
  }

  private OProjEdit edit(double factor, boolean normPreserving) {
    float[] direction = new float[decoder.config().hidden()];
    direction[1] = 1;
    return new OProjEdit(
        manager, Map.of(1, direction, 3, direction), OProjEdit.Side.OUTPUT, factor, normPreserving);
  }

  /** A vector at the output of the blocks that are named. */
  private BlockBias bias(int... blocks) {
    int hidden = decoder.config().hidden();
    float[] all = new float[decoder.config().layers() * hidden];
    for (int block : blocks) {
      all[block * hidden] = 0.25f;
    }
    return new BlockBias(manager.create(all, new Shape(decoder.config().layers(), hidden)));
  }

  private void says(Intervention intervention, ModelConfig config, boolean gguf, Form... forms) {
    Changes changes = Changes.of(intervention, config);
    for (Form form : Form.values()) {
      if (List.of(forms).contains(form)) {
        assertThatCode(() -> changes.check(form, config, gguf)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> changes.check(form, config, gguf))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("--as " + form + ": ");
      }
    }
  }

  @Test
  void anEditIsAProductNotASum() {
    ModelConfig llama = decoder.config();
    says(edit(1.5, false), llama, false, Form.WEIGHTS, Form.LORA, Form.LORA_GGUF);
    says(edit(1.5, false), llama, true, Form.WEIGHTS, Form.GGUF, Form.LORA, Form.LORA_GGUF);
    says(edit(1.5, true), llama, true, Form.WEIGHTS, Form.GGUF);
    says(edit(0, false), llama, true, Form.WEIGHTS);
    says(Intervention.NONE, llama, true, Form.WEIGHTS);
    says(
        new Combined(List.of(edit(1, false), edit(-1, false))),
        llama,
        false,
        Form.WEIGHTS,
        Form.LORA,
        Form.LORA_GGUF);
  }

  @Test
  void aVectorIsABiasOnlyWhereTheFamilyHasTheSwitch() {
    ModelConfig llama = decoder.config();
    says(bias(1, 3), llama, false, Form.WEIGHTS, Form.CONTROL_VECTOR, Form.STEERED);
    says(bias(0, 3), llama, false, Form.WEIGHTS, Form.STEERED);
    says(new Combined(List.of(bias(1), edit(1, false))), llama, false, Form.WEIGHTS);
    ModelConfig qwen = ModelLoader.config(parity("qwen2"));
    says(bias(1), qwen, false, Form.CONTROL_VECTOR, Form.STEERED);
    assertThatThrownBy(() -> Changes.of(bias(1), qwen).check(Form.WEIGHTS, qwen, false))
        .hasMessageContaining("family qwen2")
        .hasMessageEndingWith("what can say it: control-vector, steered");
  }

  @Test
  void aFamilyWithoutAGgufNameHasNoAdapterForLlamaCpp() {
    ModelConfig phi = ModelLoader.config(parity("phi3"));
    says(edit(1, false), phi, false, Form.WEIGHTS, Form.LORA);
  }

  @Test
  void whatIsNoNumberForAllPositionsIsRefusedInEveryForm() {
    ModelConfig config = decoder.config();
    NDArray some = manager.zeros(new Shape(2, config.hidden()));
    refused(
        new PromptEndDelta(1, PromptEndDelta.Site.BLOCK_OUTPUT, some.get(0)),
        "at the last position of the prompt only");
    refused(config::layers, "final hidden state");
    refused(
        new Intervention() {
          @Override
          public int lowestLayer() {
            return 0;
          }

          @Override
          public boolean positionWise() {
            return false;
          }
        },
        "depends on the other tokens");
    refused(
        new Intervention() {
          @Override
          public int lowestLayer() {
            return Integer.MAX_VALUE;
          }

          @Override
          public String context() {
            return "Q: big\nA: small\n\n";
          }
        },
        "answered examples before the prompt");
  }

  private void refused(Intervention intervention, String reason) {
    assertThatThrownBy(() -> Changes.of(intervention, decoder.config()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("none of the forms");
  }

  @Test
  void vectorsOfOneBlockAddUp() {
    Changes changes = Changes.of(new Combined(List.of(bias(1, 2), bias(2))), decoder.config());
    assertThat(changes.vectors().keySet()).containsExactly(1, 2);
    assertThat(List.copyOf(changes.vectors().values()).get(1)[0]).isEqualTo(0.5f);
  }
}
