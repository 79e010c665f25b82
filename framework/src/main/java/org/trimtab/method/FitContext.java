package org.trimtab.method;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trimtab.data.MultipleChoice;
import org.trimtab.model.LanguageModel;

/**
 * The resources for fitting.
 *
 * @param model the frozen model
 * @param states hidden states of the unmodified model, shared by cells
 * @param items the multiple-choice items of a data set by its name
 * @param files the file of a data set by its name, for methods that read other items
 * @param vectors the vectors learned so far in this run, keyed by everything that they depend on: a
 *     cell that starts from another's vector finds it here, or learns it itself to the same bits
 * @param models loads another model by its name; the caller closes it
 * @param watcher is notified of every training item
 */
public record FitContext(
    LanguageModel model,
    HiddenStates states,
    Function<String, List<MultipleChoice>> items,
    Function<String, Path> files,
    Map<String, LearnedVector> vectors,
    Function<String, LanguageModel> models,
    FitWatcher watcher) {

  /** Is notified of the progress of a fit. */
  @FunctionalInterface
  public interface FitWatcher {
    /** Does nothing. */
    FitWatcher NONE = (done, total) -> {};

    /**
     * A training item was read.
     *
     * @param done items that were read
     * @param total items to read
     */
    void step(int done, int total);
  }
}
