package org.trimtab.model.tokenize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.model.tokenize.GgufVocabulary.TokenType;
import org.trimtab.model.weights.GgufMetadata;

/**
 * SentencePiece's BPE: spaces become ▁, the pair whose union has the best score is merged first,
 * and characters outside the vocabulary become bytes. Scores are converted to a list of merges,
 * best first, in the order of transformers' converter.
 */
final class SentencePieceVocabulary implements GgufTokenizer.VocabularyKind {
  private static final String SCORES = "tokenizer.ggml.scores";
  private static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
  private static final String SPACE = "▁";

  private record Merge(String left, String right, double score) {}

  private static final Comparator<Merge> BEST_FIRST =
      Comparator.comparingDouble(Merge::score)
          .thenComparingInt(merge -> merge.left().length())
          .thenComparingInt(merge -> merge.right().length())
          .reversed();

  private final GgufVocabulary vocabulary;
  private final List<Double> scores;

  SentencePieceVocabulary(GgufVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    GgufMetadata metadata = vocabulary.metadata();
    this.scores = metadata.numbers(SCORES).orElseThrow(() -> metadata.missing(SCORES));
    if (scores.size() != vocabulary.tokens().size()) {
      throw new UserException(
          "%s: %s has %s entries for %s tokens"
              .formatted(metadata.file(), SCORES, scores.size(), vocabulary.tokens().size()));
    }
  }

  @Override
  public Map<SpecialToken, Integer> defaultIds() {
    return Map.of(SpecialToken.UNKNOWN, 0, SpecialToken.BOS, 1, SpecialToken.EOS, 2);
  }

  @Override
  public boolean beginsWithBos() {
    return true;
  }

  @Override
  public void describe(ObjectNode json, Map<SpecialToken, Integer> specialIds) {
    boolean prefix = vocabulary.metadata().bool(SPACE_PREFIX).orElse(true);
    ArrayNode normalizers = sequence(json.putObject("normalizer"), "normalizers");
    if (prefix) {
      normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
    }
    replace(normalizers, " ", SPACE);
    json.putNull("pre_tokenizer");
    ArrayNode decoders = sequence(json.putObject("decoder"), "decoders");
    replace(decoders, SPACE, " ");
    decoders.addObject().put("type", "ByteFallback");
    decoders.addObject().put("type", "Fuse");
    if (prefix) {
      decoders.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
    }
    ObjectNode model = json.putObject("model").put("type", "BPE");
    model.putNull("dropout");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    Integer unknown = specialIds.get(SpecialToken.UNKNOWN);
    model.put("unk_token", unknown == null ? null : vocabulary.tokens().get(unknown));
    model.put("fuse_unk", true).put("byte_fallback", vocabulary.types().contains(TokenType.BYTE));
    model.put("ignore_merges", false);
    ObjectNode tokens = model.putObject("vocab");
    vocabulary.ids().forEach(tokens::put);
    ArrayNode merges = model.putArray("merges");
    merges().forEach(merge -> merges.addArray().add(merge.left()).add(merge.right()));
  }

  private List<Merge> merges() {
    Map<String, Integer> ids = vocabulary.ids();
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      String piece = vocabulary.tokens().get(id);
      for (int cut = 1; isPiece(id) && cut < piece.length(); cut++) {
        Integer left = ids.get(piece.substring(0, cut));
        Integer right = ids.get(piece.substring(cut));
        if (left != null && right != null && isPiece(left) && isPiece(right)) {
          merges.add(new Merge(piece.substring(0, cut), piece.substring(cut), scores.get(id)));
        }
      }
    }
    merges.sort(BEST_FIRST);
    return merges;
  }

  /**
   * Control, unknown and byte tokens never come from text; user-defined ones are matched earlier.
   */
  private boolean isPiece(int id) {
    TokenType type = vocabulary.types().get(id);
    return type == TokenType.NORMAL || type == TokenType.UNUSED;
  }

  private static ArrayNode sequence(ObjectNode node, String parts) {
    return node.put("type", "Sequence").putArray(parts);
  }

  private static void replace(ArrayNode steps, String from, String to) {
    ObjectNode step = steps.addObject().put("type", "Replace");
    step.putObject("pattern").put("String", from);
    step.put("content", to);
  }
}
