package org.trimtab.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * Hidden states of the unmodified model, at the last token of texts or as means over tokens.
 * Indices are those of transformers' hidden_states: 0 the embedding output, k the output of block k
 * - 1, the last one after the final norm. The texts of one item are computed in a separate pass, so
 * that the numbers depend on nothing else.
 */
public final class HiddenStates {
  private final LanguageModel model;
  private final TreeSet<Integer> indices;
  private final TokenStates everyToken;
  private final FitMeter meter;
  private final Map<List<Reading>, List<Map<Integer, float[]>>> computed = new HashMap<>();

  /**
   * @param indices the hidden states that will be requested; all are computed in one pass
   */
  public HiddenStates(LanguageModel model, Collection<Integer> indices) {
    this.model = model;
    this.indices = new TreeSet<>(indices);
    this.meter = new FitMeter(model.decoder());
    everyToken = new TokenStates(model.decoder(), meter);
  }

  /** Measures the fits that use these states, and what else they share. */
  public FitMeter meter() {
    return meter;
  }

  /**
   * The hidden states of an item's texts.
   *
   * @param texts plain texts, or contents of one user turn each
   * @param chat whether they are contents of user turns
   * @return for each text, the state [D] of every index
   */
  public List<Map<Integer, float[]>> of(List<String> texts, boolean chat) {
    return of(
        texts.stream()
            .map(text -> Reading.last(PromptTokens.of(model, text, chat).ids()))
            .toList());
  }

  /**
   * The hidden states of texts that are computed in one pass.
   *
   * @return for each text, the mean state [D] of every index
   */
  public List<Map<Integer, float[]>> of(List<Reading> readings) {
    List<Reading> key = List.copyOf(readings);
    return meter.kept(computed, key, () -> compute(key));
  }

  /** The final states at every token of texts. */
  public TokenStates everyToken() {
    return everyToken;
  }

  /** The mean over texts of the state of every index; sums in fp64. */
  static Map<Integer, float[]> mean(List<Map<Integer, float[]>> states) {
    if (states.size() == 1) {
      return states.get(0);
    }
    Map<Integer, float[]> means = new HashMap<>();
    for (int index : states.get(0).keySet()) {
      means.put(index, Direction.mean(Direction.at(index, states)));
    }
    return means;
  }

  private List<Map<Integer, float[]>> compute(List<Reading> readings) {
    Segment.Tree tree = Segment.tree(readings.stream().map(Reading::tokens).toList());
    List<int[]> places = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      Reading reading = readings.get(i);
      int[] path = tree.path(i, reading.tokens().length);
      places.add(Arrays.copyOfRange(path, reading.from(), reading.to()));
    }
    List<Map<Integer, float[]>> states =
        readings.stream()
            .map(reading -> (Map<Integer, float[]>) new HashMap<Integer, float[]>())
            .toList();
    Decoder decoder = model.decoder();
    int layers = decoder.config().layers();
    int top = indices.isEmpty() ? 0 : indices.last();
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(tree.segment()), Intervention.NONE)) {
      NDArray embedded = decoder.embed(scratch, pass);
      keep(0, embedded, places, states);
      NDArray output =
          decoder.blocks(
              scratch,
              pass,
              embedded,
              0,
              top,
              (layer, hidden) -> {
                if (layer < layers - 1) {
                  keep(layer + 1, hidden, places, states);
                }
              });
      if (top == layers) {
        keep(layers, decoder.finish(pass, output), places, states);
      }
    }
    return states;
  }

  private void keep(
      int index, NDArray hidden, List<int[]> places, List<Map<Integer, float[]>> states) {
    if (!indices.contains(index)) {
      return;
    }
    for (int i = 0; i < places.size(); i++) {
      List<float[]> rows = new ArrayList<>();
      for (int place : places.get(i)) {
        try (NDArray row = hidden.get(new NDIndex("{}", place))) {
          rows.add(row.toType(DataType.FLOAT32, false).toFloatArray());
        }
      }
      states.get(i).put(index, rows.size() == 1 ? rows.get(0) : Direction.mean(rows));
    }
  }
}
