package org.trimtab.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.model.tokenize.Tokenizer;

/** Generates texts: a {@link Generator} with stop texts and the model's end tokens. */
public final class TextGenerator {
  private final Tokenizer tokenizer;
  private final Generator generator;
  private final Set<Integer> ends;

  /** Binds the generator to a model. */
  public TextGenerator(LanguageModel model) {
    tokenizer = model.tokenizer();
    generator = new Generator(model.decoder());
    ends = tokenizer.ends();
  }

  /** Why a text ended. */
  public enum Ending {
    /** The model ended it. */
    END,
    /** A stop text came. */
    STOP,
    /** The limit of tokens was reached. */
    LIMIT
  }

  /**
   * What follows a prompt.
   *
   * @param text without special tokens, up to the first stop text
   * @param tokens what was generated, those of the stop text included, the end token not
   * @param ending why it ended
   */
  public record Continuation(String text, int[] tokens, Ending ending) {}

  /**
   * Continues prompts.
   *
   * @return the continuations, in the prompts' order
   * @throws NonFiniteLogitsException when a row's logits are not finite
   */
  public List<Continuation> generate(List<Generator.Prompt> prompts, Decoding decoding) {
    boolean[] ended = new boolean[prompts.size()];
    List<int[]> generated =
        generator.generate(
            prompts,
            decoding.limit(),
            (row, tokens) -> {
              ended[row] = ends.contains(tokens[tokens.length - 1]);
              return ended[row] || (!decoding.stops().isEmpty() && stop(decoding, tokens) >= 0);
            });
    List<Continuation> continuations = new ArrayList<>();
    for (int row = 0; row < ended.length; row++) {
      int[] tokens = generated.get(row);
      int[] kept = ended[row] ? Arrays.copyOf(tokens, tokens.length - 1) : tokens;
      String text = tokenizer.decode(kept, true);
      int stop = decoding.stop(text);
      Ending ending = stop >= 0 ? Ending.STOP : ended[row] ? Ending.END : Ending.LIMIT;
      continuations.add(new Continuation(stop < 0 ? text : text.substring(0, stop), kept, ending));
    }
    return continuations;
  }

  private int stop(Decoding decoding, int[] tokens) {
    return decoding.stop(tokenizer.decode(tokens, true));
  }

  /**
   * When a generated text ends. A model's own end tokens always end it.
   *
   * @param limit the largest number of tokens
   * @param stops texts that end it; neither they nor anything after them belongs to the text
   */
  public record Decoding(int limit, List<String> stops) {
    /** Copies the list. */
    public Decoding {
      stops = List.copyOf(stops);
      if (limit < 1) {
        throw new UserException("max_new_tokens " + limit + ": expected 1 or more");
      }
      if (stops.contains("")) {
        throw new UserException("an empty stop text would end every answer at once; leave it out");
      }
    }

    /** The index of the first stop text; -1 if there is none. */
    public int stop(String text) {
      return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }
  }
}
