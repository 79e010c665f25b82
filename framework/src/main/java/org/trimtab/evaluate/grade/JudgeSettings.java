package org.trimtab.evaluate.grade;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;
import org.trimtab.spec.Key;

/**
 * Settings of a judge: a model behind an OpenAI-compatible chat endpoint if {@code url} is given,
 * otherwise a model of the catalogue that runs in this process.
 *
 * @param model the model's name, at the endpoint or in the catalogue
 * @param url the endpoint's base address, to which {@code /chat/completions} is added; null to run
 *     the model here
 * @param key the environment variable that holds the endpoint's key; null for none
 * @param parser how replies are read
 * @param template the request, with {@code {question}}, {@code {target}} and {@code
 *     {predicted_answer}}; null for this program's own
 * @param temperature sent to an endpoint; null to send none
 * @param maxTokens the largest number of tokens of a reply; null to leave it to an endpoint, and 16
 *     here
 * @param maxCompletionTokens the same, by the name that endpoints of thinking models take instead;
 *     their thoughts count; null to send none
 * @param calls how an endpoint is called, and what it costs
 */
public record JudgeSettings(
    @Key("the judge's model: its name at the endpoint, or a model of the catalogue to run here")
        String model,
    @Key(
            "base address of an OpenAI-compatible endpoint, such as http://localhost:8000/v1;"
                + " default: the model runs in this process")
        @Nullable String url,
    @Key("environment variable that holds the endpoint's key; default: no key is sent")
        @Nullable String key,
    @Key(
            value =
                "strict: words before letters, what is neither is unparsed; paper: the first of the"
                    + " letters A, B, C, else C, as published",
            defaultValue = "strict")
        ReplyParser parser,
    @Key(
            "the request, with {question}, {target} and {predicted_answer}; default: the program's"
                + " own (docs/grading.md)")
        @Nullable String template,
    @Key(
            value = "temperature that an endpoint is asked for; null sends none",
            defaultValue = "0",
            min = 0,
            max = 2)
        @Nullable Double temperature,
    @Key(value = "tokens of a reply at most; default: the endpoint's own, 16 here", min = 1)
        @Nullable Integer maxTokens,
    @Key(
            value =
                "tokens of a reply at most, thoughts included, for endpoints that refuse max_tokens;"
                    + " default: none is sent",
            min = 1)
        @Nullable Integer maxCompletionTokens,
    @Key(value = "how an endpoint is called, and its price", defaultValue = "{}") Calls calls) {
  private static final int TYPICAL_REPLY = 4;

  /**
   * How an endpoint is called.
   *
   * @param deadline seconds for one request, including its answer
   * @param retries further attempts after 429, 5xx, silence or nonsense
   * @param concurrency requests at the same time
   * @param inputPrice per million tokens of requests, in any currency
   * @param outputPrice per million tokens of replies
   */
  public record Calls(
      @Key(value = "seconds for one request", defaultValue = "60", min = 0.01, max = 3600)
          double deadline,
      @Key(
              value = "further attempts after 429, 5xx, silence or nonsense",
              defaultValue = "4",
              min = 0,
              max = 20)
          int retries,
      @Key(value = "requests at the same time", defaultValue = "4", min = 1, max = 64)
          int concurrency,
      @Key(value = "price of a million tokens of requests", defaultValue = "0", min = 0)
          double inputPrice,
      @Key(value = "price of a million tokens of replies", defaultValue = "0", min = 0)
          double outputPrice) {}

  /** Refuses an address or a template that cannot work. */
  public JudgeSettings {
    if (url != null) {
      Secrets.refuseUserInfo("url", url, "name the variable of its key in 'key'");
    }
    if (url != null && !isAddress(url)) {
      throw new UserException(
          "url '" + url + "': expected an address such as http://localhost:8000/v1");
    }
    if (maxCompletionTokens != null && (url == null || maxTokens != null)) {
      throw new UserException(
          "'max_completion_tokens' is for an endpoint ('url'), and instead of 'max_tokens'; leave one"
              + " of them out");
    }
    if (url == null && key != null) {
      throw new UserException("'key' has no meaning without 'url'; leave one of them out");
    }
    if (template != null) {
      GradingPrompt.check(template);
    }
  }

  /** Keys without effect, by name, and why. */
  public Map<String, String> unused() {
    String reason = "the judge runs in this process; it is for an endpoint ('url')";
    return url == null ? Map.of("temperature", reason, "calls", reason) : Map.of();
  }

  private static boolean isAddress(String url) {
    try {
      return url.toLowerCase(Locale.ROOT).matches("https?://.+") && new URI(url).getHost() != null;
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  /** The same judge with other call settings. */
  public JudgeSettings with(Calls other) {
    return new JudgeSettings(
        model, url, key, parser, template, temperature, maxTokens, maxCompletionTokens, other);
  }

  /** The judge as text: {@code gpt-x at http://...}, or {@code qwen... in this process}. */
  public String text() {
    return model + (url == null ? " in this process" : " at " + url);
  }

  /**
   * The estimated cost of judging as text.
   *
   * @param answers the number of answers
   */
  public String expense(int answers) {
    double input = (double) answers * new GradingPrompt(template).typicalTokens();
    double output = (double) answers * TYPICAL_REPLY;
    double price = (input * calls.inputPrice() + output * calls.outputPrice()) / 1e6;
    return "at most %,d calls of %s, about %,.0f tokens in and %,.0f out%s"
        .formatted(
            answers,
            text(),
            input,
            output,
            price > 0 ? ", about %.2f at the prices given".formatted(price) : "");
  }
}
