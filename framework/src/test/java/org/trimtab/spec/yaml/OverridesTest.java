package org.trimtab.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.spec.TestSpecs.SAMPLE;
import static org.trimtab.spec.TestSpecs.method;
import static org.trimtab.spec.TestSpecs.problems;
import static org.trimtab.spec.TestSpecs.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.spec.Levels;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.Settings;

class OverridesTest {
  @Test
  void replaceAndAddValues() {
    Spec spec =
        spec(
            SAMPLE,
            "seed=[1, 2]",
            "methods.directional-edit.layers.1=first 3",
            "methods.directional-edit.side=input",
            "methods.late.method=directional-edit",
            "methods.late.train={dataset: truthfulqa, items: 0-9}",
            "question=a=b");

    assertThat(spec.seed()).isEqualTo(new Levels<>(List.of(1L, 2L)));
    assertThat(spec.question()).isEqualTo("a=b");
    assertThat(tree(spec, "directional-edit"))
        .hasToString(
            "{\"train\":{\"dataset\":\"truthfulqa\",\"folds\":2,\"leaky\":false},"
                + "\"direction\":{\"hidden_state\":\"60%\",\"source\":\"one\",\"lines\":\"cards\"},"
                + "\"layers\":[\"5-29\",\"first 3\"],\"factor\":[-1.0,1.5],\"side\":\"input\","
                + "\"norm_preserving\":false}");
    assertThat(tree(spec, "late").at("/train/items").asText()).isEqualTo("0-9");
  }

  @Test
  void theirMistakesNameThemAndComeLast() {
    String wrong = SAMPLE.replace("model: tiny", "modle: tiny");

    assertThat(
            problems(
                wrong,
                "methods.directional-edit.factr=2",
                "seed",
                "methods.directional-edi.factor=2",
                "methods.directional-edit.layers.2=7",
                "name.x=1",
                "evaluate.perplexity.tokens=[",
                "methods.directional-edit.factor=.nan"))
        .containsExactly(
            "spec.yaml:1:1: missing key 'model': the model: catalogue name, hub name, folder or"
                + " .gguf file",
            "spec.yaml:3:1: unknown key 'modle', did you mean 'model'?",
            "--set seed: expected key.path=value, such as seed=1",
            "--set methods.directional-edit.layers.2=7: 'methods.directional-edit.layers' is a"
                + " list; its elements are named by a number from 0 to 1",
            "--set name.x=1: 'name' is the text 'sample', not a mapping",
            "--set evaluate.perplexity.tokens=[: not YAML: expected the node content, but found"
                + " '<stream end>'",
            "--set methods.directional-edi.factor=2: unknown method 'directional-edi', did you mean"
                + " 'directional-edit'?",
            "--set methods.directional-edit.factor=.nan: expected a finite decimal number, found"
                + " '.nan'",
            "--set methods.directional-edit.factr=2: unknown key 'factr', did you mean 'factor'?");
  }

  private static ObjectNode tree(Spec spec, String key) {
    return Settings.tree(method(spec, key).settings(), method(spec, key).order());
  }
}
