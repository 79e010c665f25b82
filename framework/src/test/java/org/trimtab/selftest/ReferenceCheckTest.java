package org.trimtab.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.testing.TinyModel;

class ReferenceCheckTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void tokenIdsAreComparedOneByOne() throws IOException {
    List<Finding> findings =
        check(
            "{\"tokenizer\": [{\"text\": \"AB\", \"ids\": [0, 1]}, {\"text\": \"\", \"ids\": []}]}");
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).kind()).isEqualTo("2 texts");
    assertThat(findings.get(0).passes()).isFalse();
    assertThat(findings.get(0).note()).startsWith("1 unequal").contains("'AB'");
  }

  @Test
  void logProbabilitiesFarFromTheReferenceFail() throws IOException {
    List<Finding> findings =
        check(
            """
            {"logits": [{"text": "a", "ids": [5, 6, 7], "top_ids": [3], "top_logprobs": [-0.001],
                         "sum_logprob_of_text": 0.0}]}
            """);
    assertThat(findings).extracting(Finding::kind).containsExactly("top 1 next", "sum of text");
    assertThat(findings).noneMatch(Finding::passes);
  }

  @Test
  void aFileWithNothingToCompareIsAClearError() {
    assertThatThrownBy(() -> check("{\"made_with\": \"nothing\"}"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing to compare")
        .hasMessageContaining("tokenizer, chat_template, logits, greedy, dequantised");
  }

  @Test
  void batchingDoesNotChangeLogProbabilities() {
    List<Finding> findings = BatchingCheck.run(TinyModel.write(folder), Device.cpu());
    assertThat(findings).hasSize(7).allMatch(Finding::passes);
  }

  private List<Finding> check(String reference) throws IOException {
    Path file = Files.writeString(folder.resolve("reference.json"), reference);
    Path model = TinyModel.write(folder.resolve("model"));
    return ReferenceCheck.run(
        file, () -> new ResolvedModel("tiny", model, "local", new TreeMap<>()));
  }
}
