package org.trimtab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.ContrastTexts.Line;
import org.trimtab.data.MultipleChoice;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;

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
   * The texts of a cell's training items, in their order.
   *
   * @throws UserException when one is longer than the model can read; names file and line, or item
   */
  public static List<TrainingTexts> of(
      Training training, DirectionalEditSettings settings, FitContext context) {
    return settings.train().ownTexts()
        ? lines(training, settings, context)
        : questions(training, settings, context);
  }

  private static List<TrainingTexts> lines(
      Training training, DirectionalEditSettings settings, FitContext context) {
    TrainingSettings train = settings.train();
    ContrastTexts texts = train.texts(context.files());
    List<TrainingTexts> items = new ArrayList<>();
    for (int item : training.items().ids()) {
      items.add(
          new TrainingTexts(
              item,
              line(texts.positive(), item, settings, context),
              line(texts.negative(), item, settings, context),
              false));
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
      Training training, DirectionalEditSettings settings, FitContext context) {
    List<TrainingTexts> items = new ArrayList<>();
    for (MultipleChoice question : context.items().apply(training.dataset())) {
      if (training.items().contains(question.index())) {
        String place = training.dataset() + ": item " + question.index();
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

  /** The mean state of its special texts at every index; empty if it has none. */
  public Optional<Map<Integer, float[]>> special(HiddenStates states) {
    return mean(states(states, special), special.isEmpty());
  }

  /** The mean state of its general texts at every index; empty if it has none. */
  public Optional<Map<Integer, float[]>> general(HiddenStates states) {
    return mean(states(states, general), general.isEmpty());
  }

  private List<Map<Integer, float[]>> states(HiddenStates states, List<Reading> own) {
    if (together) {
      List<Reading> all = Stream.concat(special.stream(), general.stream()).toList();
      int from = own == special ? 0 : special.size();
      return states.of(all).subList(from, from + own.size());
    }
    return own.stream().map(reading -> states.of(List.of(reading)).get(0)).toList();
  }

  private static Optional<Map<Integer, float[]>> mean(
      List<Map<Integer, float[]>> states, boolean none) {
    return none ? Optional.empty() : Optional.of(HiddenStates.mean(states));
  }
}
