package org.trimtab.model.intervene;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.trimtab.model.intervene.OProjEdit.Side;

/** What interventions say of the parameters that they change or add; one o_proj has 12 entries. */
class ParametersTest {
  private static final float[] ALONG_FIRST = {1, 0, 0};

  private static OptionalLong of(Intervention intervention) {
    try (intervention) {
      return intervention.parameters(12);
    }
  }

  @Test
  void anEditChangesTheEntriesOfItsMatricesUnlessItsStrengthIsZero() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<Integer, float[]> layers = Map.of(2, ALONG_FIRST, 5, ALONG_FIRST);
      assertThat(of(new OProjEdit(manager, layers, Side.OUTPUT, 1.5, false))).hasValue(24);
      assertThat(of(new OProjEdit(manager, layers, Side.OUTPUT, 0, false))).hasValue(0);
    }
  }

  @Test
  void aDeltaAddsItsEntriesAndWhatIsCombinedTheSum() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PromptEndDelta delta =
          new PromptEndDelta(1, PromptEndDelta.Site.BLOCK_OUTPUT, manager.create(ALONG_FIRST));
      Map<Integer, float[]> layer = Map.of(2, ALONG_FIRST);
      assertThat(
              of(new Combined(List.of(delta, new OProjEdit(manager, layer, Side.OUTPUT, 1, true)))))
          .hasValue(15);
    }
  }

  @Test
  void whatChangesNothingHasNoneAndWhatSaysNothingIsUnknown() {
    assertThat(of(Intervention.NONE)).hasValue(0);
    assertThat(of(new PromptContext("Q: hot\nA: cold\n"))).hasValue(0);
    Intervention silent = () -> 3;
    assertThat(of(silent)).isEmpty();
    assertThat(of(new Combined(List.of(Intervention.NONE, silent)))).isEmpty();
  }
}
