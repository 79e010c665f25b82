package org.trimtab.method.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/** Reference vectors: means of a model's block outputs over the tokens of an answer. */
public final class ReferenceVectors {
  private ReferenceVectors() {}

  /**
   * A text for reference vectors.
   *
   * @param prompt a line feed is added to a plain one without it
   * @param answer the text after it, over whose tokens the means are taken
   */
  public record Source(PromptTokens prompt, String answer) {
    private Tokens tokens() {
      boolean line = !prompt.chatTemplate() && !prompt.text().endsWith("\n");
      PromptTokens prefix = prompt.followedBy(line ? "\n" : "");
      int before = prefix.ids().length;
      int[] all = prefix.followedBy(answer).ids();
      // A tokenizer may join the answer's first letters to the prompt's end.
      return new Tokens(all, Math.min(before, all.length - 1));
    }
  }

  private record Tokens(int[] all, int from) {}

  /**
   * The vectors of some texts, computed together.
   *
   * @param owner owns them
   * @return for each text [L, D] in fp32
   */
  public static List<NDArray> of(NDManager owner, LanguageModel model, List<Source> sources) {
    Decoder decoder = model.decoder();
    List<Tokens> texts = sources.stream().map(Source::tokens).toList();
    List<NDList> means = new ArrayList<>();
    texts.forEach(text -> means.add(new NDList()));
    try (NDManager scratch = owner.newSubManager();
        Pass pass =
            decoder.pass(
                scratch,
                texts.stream().map(text -> Segment.of(text.all())).toList(),
                Intervention.NONE)) {
      NDArray embedded = decoder.embed(scratch, pass);
      decoder.blocks(
          scratch,
          pass,
          embedded,
          0,
          decoder.config().layers(),
          (layer, hidden) -> {
            int at = 0;
            for (int i = 0; i < texts.size(); i++) {
              Tokens text = texts.get(i);
              int end = at + text.all().length;
              NDArray own = hidden.get(new NDIndex("{}:{}", at + text.from(), end));
              NDArray mean = own.toType(DataType.FLOAT32, false).mean(new int[] {0}, true);
              mean.attach(scratch);
              means.get(i).add(mean);
              at = end;
            }
          });
      List<NDArray> vectors = new ArrayList<>();
      for (NDList layers : means) {
        NDArray all = NDArrays.concat(layers, 0);
        all.attach(owner);
        vectors.add(all);
      }
      return vectors;
    }
  }
}
