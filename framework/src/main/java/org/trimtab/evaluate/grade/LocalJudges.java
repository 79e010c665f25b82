package org.trimtab.evaluate.grade;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;
import org.trimtab.model.LanguageModel;

/**
 * The judges of this machine.
 *
 * @param environment environment variables, which hold keys
 * @param replies the folder that keeps replies of endpoints
 * @param models loads a model of the catalogue by its name
 */
public record LocalJudges(
    Map<String, String> environment, Path replies, Function<String, LanguageModel> models)
    implements Judges {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Keeps keys out of messages and logs. */
  @Override
  public String toString() {
    return "judges with replies in " + replies;
  }

  @Override
  public Judge open(JudgeSettings settings) {
    String url = settings.url();
    return url == null
        ? new ModelJudge(models.apply(settings.model()), settings)
        : new EndpointJudge(url, settings, key(settings), new ReplyCache(replies), FIRST_PAUSE);
  }

  private @Nullable String key(JudgeSettings settings) {
    String variable = settings.key();
    if (variable == null) {
      return null;
    }
    return Secrets.read(environment, variable)
        .orElseThrow(
            () ->
                new UserException(
                    ("the environment variable %s, which 'key' names for the judge %s, is"
                            + " not set; export it, or leave 'key' out for an endpoint without one")
                        .formatted(variable, settings.text())));
  }
}
