package org.trimtab.spec.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.spec.Spec;
import org.trimtab.spec.TestSpecs;

class SpecPrinterTest {
  @Test
  void writesAllDefaults() {
    assertThat(SpecPrinter.print(TestSpecs.spec(TestSpecs.SAMPLE, "seed=[3, 4]", "memory=2048MiB")))
        .isEqualTo(
            """
            # The spec as it was run, all defaults written out.
            name: sample
            question: "Does it help?"
            model: tiny
            device: auto
            precision: float32
            seed: [3, 4]
            memory: "2GiB"
            methods:
              baseline: {}
              directional-edit:
                train:
                  dataset: truthfulqa
                  folds: 2
                  leaky: false
                direction:
                  hidden_state: "60%"
                  source: one
                  lines: cards
                layers: ["5-29", last 25%]
                factor: [-1.0, 1.5]
                side: output
                norm_preserving: false
              random-direction:
                like: directional-edit
                train:
                  dataset: truthfulqa
                  folds: 2
                  leaky: false
                direction:
                  hidden_state: "60%"
                  source: one
                  lines: cards
                layers: ["5-29", last 25%]
                factor: [-1.0, 1.5]
                side: output
                norm_preserving: false
            evaluate:
              truthfulqa-mc:
                dataset: truthfulqa
              perplexity:
                dataset: wikitext-2
                tokens: 20000
            report:
              table:
                name: table
                rows: [method, layers]
                columns: [truthfulqa/mc1]
                against: baseline
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no",
        "~",
        "a: b",
        "# c",
        "'",
        "\"",
        "\\",
        "x ",
        "1e5",
        "- a",
        "a\nb\n",
        "\u2028",
        "\t",
        "é\uD83D\uDE00\u0085",
        "{}",
        "*a",
        "a #b",
        "Null",
        "0-99, 105",
        "@",
        "a,b"
      })
  void textsComeBackAsTheyWere(String text) {
    Spec sample = TestSpecs.spec(TestSpecs.SAMPLE);
    Spec spec =
        new Spec(
            sample.name(),
            "?" + text,
            text.isBlank() ? "m" : text,
            sample.thinking(),
            sample.templateArguments(),
            sample.device(),
            sample.precision(),
            sample.seed(),
            sample.memory(),
            sample.methods(),
            sample.evaluate(),
            sample.report());

    Spec again =
        new SpecReader(TestSpecs.REGISTRY)
            .read("x", SpecPrinter.print(spec).getBytes(StandardCharsets.UTF_8), List.of());

    assertThat(again.question()).isEqualTo(spec.question());
    assertThat(again.model()).isEqualTo(spec.model());
    assertThat(SpecPrinter.print(again)).isEqualTo(SpecPrinter.print(spec));
  }
}
