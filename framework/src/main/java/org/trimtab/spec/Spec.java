package org.trimtab.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as written: validated, with all defaults filled in, not yet resolved against a
 * model.
 *
 * @param name the folder under results/
 * @param question the question that the experiment answers
 * @param model a catalogue name, hub name, folder or .gguf file
 * @param thinking whether the chat template lets the model think first; null for the template's own
 *     default
 * @param templateArguments further arguments of the chat template; null for none
 * @param device the model's device
 * @param precision the type of weights and activations
 * @param seed the seeds, a factor
 * @param memory bounds activations and caches; null leaves it to the program
 * @param methods by key, in the order of writing
 * @param evaluate by evaluator's name, in the order of writing
 * @param report what is reported; null for the default tables
 */
public record Spec(
    @Key(
            value = "name of the experiment and of its folder under results/",
            pattern = "(?!(mlflow|reference|world-model)$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}",
            patternMeaning =
                "a name of letters, digits, - and _ (at most 64), and not mlflow, reference or"
                    + " world-model, which are folders of results/ for other things")
        String name,
    @Key("the question that the experiment answers; tables and plans show it") String question,
    @Key("the model: catalogue name, hub name, folder or .gguf file") String model,
    @Key(
            "whether the chat template lets the model think before it answers; left out: the"
                + " template's default")
        @Nullable Boolean thinking,
    @Key("arguments that the model's chat template reads: {reasoning_effort: low}")
        @Nullable Map<String, TemplateValue> templateArguments,
    @Key(value = "where the model runs; auto takes a GPU when there is one", defaultValue = "auto")
        Device device,
    @Key(value = "type of weights and activations; scores are fp32", defaultValue = "float32")
        Precision precision,
    @Key(value = "key of all random numbers; several seeds are a factor", defaultValue = "0")
        Levels<Long> seed,
    @Key("bound on activations and caches such as 2GiB; left out: the program decides")
        @Nullable MemoryBudget memory,
    @Key("what is done to the model, by method name or alias") Map<String, MethodSpec> methods,
    @Key("what is measured, by evaluator name") Map<String, EvaluationSpec> evaluate,
    @Key("what is reported") @Nullable Report report) {
  /** The names under which chat templates read whether to think. */
  public static final List<String> THINKING = List.of("enable_thinking", "thinking");

  /** Copies the maps, keeping their order. */
  public Spec {
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
    evaluate = Collections.unmodifiableMap(new LinkedHashMap<>(evaluate));
    if (templateArguments != null) {
      templateArguments = Collections.unmodifiableMap(new TreeMap<>(templateArguments));
    }
  }

  /**
   * What the chat template is given: {@code thinking} under the names that templates read, {@code
   * enable_thinking} (Qwen3) and {@code thinking} (DeepSeek), and the further arguments.
   */
  public Map<String, TemplateValue> template() {
    Map<String, TemplateValue> all = new TreeMap<>();
    if (thinking != null) {
      THINKING.forEach(name -> all.put(name, new TemplateValue(thinking)));
    }
    if (templateArguments != null) {
      all.putAll(templateArguments);
    }
    return all;
  }
}
