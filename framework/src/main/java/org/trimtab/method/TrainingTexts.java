package org.trimtab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.ContrastTexts.Line;
import org.trimtab.data.MultipleChoice;
import org.trimtab.model.LanguageModel;

/**
 * The texts of a training item, ready to be read. The texts of a question are computed in one pass,
 * those of a user's own each in its own, so that a line's numbers depend on no other line.
 *
 * @param item the item's id
 * @param special those with the property; none if a user's own file has fewer lines than the other
 * @param general those without it
 * @param together whether they are computed in one pass
 */
public record TrainingTexts(
    int item, List<Reading> special, List<Reading> general, boolean together) {
  /**
   * The texts of the items that settings learn from, in their order.
   *
   * @param wanted the items that are asked for
   * @throws UserException when one is longer than the model can read; names file and line, or item
   */
  public static List<TrainingTexts> of(
      DirectionalEditSettings settings, FitContext context, IntPredicate wanted) {
    return settings.train().ownTexts()
        ? lines(settings, context, wanted)
        : questions(settings, context, wanted);
  }

  private static List<TrainingTexts> lines(
      DirectionalEditSettings settings, FitContext context, IntPredicate wanted) {
    ContrastTexts texts = settings.train().texts(context.files());
    List<TrainingTexts> items = new ArrayList<>();
    for (int item = 0; item < texts.size(); item++) {
      if (wanted.test(item)) {
        items.add(
            new TrainingTexts(
                item,
                line(texts.positive(), item, settings, context),
                line(texts.negative(), item, settings, context),
                false));
      }
    }
    return items;
  }

  private static List<Reading> line(
      List<Line> lines, int item, DirectionalEditSettings settings, FitContext context) {
    return item < lines.size()
        ? readings(
            lines.get(item).place(),
            List.of(lines.get(item).text()),
            settings.chatTemplate(),
            settings,
            context)
        : List.of();
  }

  private static List<TrainingTexts> questions(
      DirectionalEditSettings settings, FitContext context, IntPredicate wanted) {
    String dataset = settings.train().source();
    List<TrainingTexts> items = new ArrayList<>();
    for (MultipleChoice question : context.items().apply(dataset)) {
      if (wanted.test(question.index())) {
        String place = dataset + ": item " + question.index();
        Contrast contrast = Contrast.of(question, settings.lines());
        items.add(
            new TrainingTexts(
                question.index(),
                readings(place, contrast.special(), contrast.chat(), settings, context),
                readings(place, contrast.general(), contrast.chat(), settings, context),
                true));
      }
    }
    return items;
  }

  private static List<Reading> readings(
      String place,
      List<String> texts,
      boolean chat,
      DirectionalEditSettings settings,
      FitContext context) {
    try {
      return texts.stream()
          .map(text -> Reading.of(context.model(), text, chat, settings.position()))
          .toList();
    } catch (UserException e) {
      throw new UserException(place + ": " + e.getMessage(), e);
    }
  }

  /** A question's texts, which are read at their last tokens in one pass. */
  public static TrainingTexts of(LanguageModel model, int item, Contrast contrast) {
    List<Reading> readings =
        contrast.texts().stream()
            .map(text -> Reading.of(model, text, contrast.chat(), Reading.Place.LAST))
            .toList();
    int special = contrast.special().size();
    return new TrainingTexts(
        item, readings.subList(0, special), readings.subList(special, readings.size()), true);
  }

  /** The same with the other labels. */
  TrainingTexts swapped() {
    return new TrainingTexts(item, general, special, together);
  }

  /** The states of its texts at every index, those of the special ones first. */
  public List<Map<Integer, float[]>> states(HiddenStates states) {
    List<Reading> all = Stream.concat(special.stream(), general.stream()).toList();
    return together
        ? states.of(all)
        : all.stream().map(reading -> states.of(List.of(reading)).get(0)).toList();
  }

  /** Puts the mean states of the item's texts with those of others. */
  void addMeans(
      HiddenStates states,
      List<Map<Integer, float[]>> specials,
      List<Map<Integer, float[]>> generals) {
    List<Map<Integer, float[]>> read = states(states);
    if (!special.isEmpty()) {
      specials.add(HiddenStates.mean(read.subList(0, special.size())));
    }
    if (!general.isEmpty()) {
      generals.add(HiddenStates.mean(read.subList(special.size(), read.size())));
    }
  }
}
