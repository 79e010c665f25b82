package org.trimtab.world.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.model.tokenize.Tokenizers;

/** The vocabulary's training. */
class BytePairsTest {
  @TempDir private Path folder;

  @Test
  void mergesTheMostFrequentNeighboursFirst() {
    BytePairs pairs = BytePairs.learn(List.of("low low low lower lowest"), 260);
    assertThat(pairs.merges())
        .extracting(BytePairs.Pair::merged)
        .containsExactly("lo", "low", "Ġlow", "Ġlowe");
    assertThat(pairs.tokens()).hasSize(260).doesNotHaveDuplicates();
  }

  @Test
  void endsWhenNoPairOccursTwice() {
    assertThat(BytePairs.learn(List.of("abcdef"), 1000).merges()).isEmpty();
  }

  @Test
  void mergesStayWithinWordsAndPunctuationStandsApart() {
    BytePairs pairs = BytePairs.learn(List.of("yes. yes. yes. no? no? no?"), 300);
    assertThat(pairs.merges())
        .extracting(BytePairs.Pair::merged)
        .allMatch(token -> token.matches("Ġ?[a-z]*|[.?]"))
        .contains("Ġyes", "Ġno");
  }

  @Test
  void theTokenizerReadsBackEveryText() throws IOException {
    BytePairs pairs = BytePairs.learn(List.of("the hill and the lake and the mill"), 290);
    for (Map.Entry<String, String> file : TokenizerFiles.of(pairs).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder)) {
      String text = "the hill, naïve — 日本\n\tand\u0000 the lake";
      int[] ids = tokenizer.encode(text, true);
      assertThat(ids[0]).isEqualTo(tokenizer.bos().orElseThrow());
      assertThat(tokenizer.decode(ids, true)).isEqualTo(text);
      assertThat(tokenizer.encode(" the", false)).hasSize(1);
      assertThat(tokenizer.vocabularySize()).isEqualTo(TokenizerFiles.size(pairs));
    }
  }
}
