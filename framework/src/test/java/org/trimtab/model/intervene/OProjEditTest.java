package org.trimtab.model.intervene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trimtab.model.intervene.OProjEdit.Side;

class OProjEditTest {
  private static final float[] ALONG_FIRST = {1, 0};

  private NDManager manager;
  private NDArray weight;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    weight = manager.create(new float[][] {{1, 2}, {3, 4}});
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private float[] edited(Side side, double factor, boolean normPreserving) {
    try (OProjEdit edit =
        new OProjEdit(manager, Map.of(0, ALONG_FIRST), side, factor, normPreserving)) {
      return edit.oProjWeight(0, weight).toFloatArray();
    }
  }

  @Test
  void theOutputSideScalesWhatAttentionWritesAlongTheDirection() {
    assertThat(edited(Side.OUTPUT, 1.5, false)).containsExactly(2.5f, 5, 3, 4);
  }

  @Test
  void theInputSideScalesWhatComesInAlongTheDirection() {
    assertThat(edited(Side.INPUT, 1.5, false)).containsExactly(2.5f, 2, 7.5f, 4);
  }

  @Test
  void factorMinusOneRemovesTheComponentAndZeroChangesNothing() {
    assertThat(edited(Side.OUTPUT, -1, false)).containsExactly(0, 0, 3, 4);
    assertThat(edited(Side.OUTPUT, 0, false)).containsExactly(weight.toFloatArray());
  }

  @Test
  void theNormPreservingVariantKeepsTheLengthOfEveryColumn() {
    float[] values = edited(Side.OUTPUT, 1.5, true);
    assertThat(Math.hypot(values[0], values[2])).isCloseTo(Math.hypot(1, 3), within(1e-5));
    assertThat(Math.hypot(values[1], values[3])).isCloseTo(Math.hypot(2, 4), within(1e-5));
    assertThat(values[0] / values[2]).isCloseTo(2.5f / 3, within(1e-5f));
  }

  @Test
  void layersWithoutADirectionKeepTheirWeight() {
    try (OProjEdit edit = new OProjEdit(manager, Map.of(3, ALONG_FIRST), Side.OUTPUT, 1.5, false)) {
      assertThat(edit.oProjWeight(2, weight)).isSameAs(weight);
      assertThat(edit.lowestLayer()).isEqualTo(3);
    }
  }
}
