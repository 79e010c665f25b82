package org.trimtab.model;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.chat.ChatTemplate;
import org.trimtab.chat.ChatTemplateException;
import org.trimtab.chat.Message;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.model.tokenize.Tokenizers;
import org.trimtab.model.weights.GgufFile;

/**
 * A frozen language model: decoder, tokenizer and chat template.
 *
 * @param name its name in messages
 * @param decoder the transformer
 * @param tokenizer text to token ids and back
 * @param chatTemplate how conversations are written, or null when the model has none
 * @param templateArguments what else the template reads, such as {@code enable_thinking}
 */
public record LanguageModel(
    String name,
    Decoder decoder,
    Tokenizer tokenizer,
    @Nullable ChatTemplate chatTemplate,
    Map<String, Object> templateArguments)
    implements AutoCloseable {
  /**
   * The time that templates may print: the fallback date of Llama's own template. With the system's
   * clock the same cell would give other numbers tomorrow.
   */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-07-26T09:00:00Z"), ZoneOffset.UTC);

  /** Loads a model from a hub folder or a .gguf file. */
  public static LanguageModel load(String name, Path path, Device device, DataType type) {
    Tokenizer tokenizer = tokenizer(path);
    tokenizer.requireBelow(ModelLoader.config(path).vocabulary());
    @Nullable ChatTemplate template =
        tokenizer
            .chatTemplate()
            .map(source -> forUsers(() -> ChatTemplate.parse(name, source)))
            .orElse(null);
    return new LanguageModel(
        name, ModelLoader.load(path, device, type), tokenizer, template, Map.of());
  }

  /** The same model, whose chat template is given these arguments. */
  public LanguageModel with(Map<String, Object> arguments) {
    return new LanguageModel(name, decoder, tokenizer, chatTemplate, arguments);
  }

  /** The source of the chat template of a hub folder or a .gguf file, if it has one. */
  public static Optional<String> chatTemplate(Path path) {
    try (Tokenizer tokenizer = tokenizer(path)) {
      return tokenizer.chatTemplate();
    }
  }

  /**
   * Checks a model's files without loading it.
   *
   * @param path a hub folder or a .gguf file
   * @return what is unusual in them and what is done about it, one line each
   * @throws UserException for what would make it unusable or its numbers wrong
   */
  public static List<String> check(Path path) {
    List<String> notes = new ArrayList<>(ModelLoader.check(path));
    try (Tokenizer tokenizer = tokenizer(path)) {
      tokenizer.requireBelow(ModelLoader.config(path).vocabulary());
      notes.addAll(tokenizer.notes());
    }
    return notes;
  }

  /** The tokenizer of a hub folder or a .gguf file. */
  public static Tokenizer tokenizer(Path path) {
    if (Files.isDirectory(path)) {
      return Tokenizers.ofFolder(path);
    }
    try (GgufFile file = GgufFile.open(path)) {
      return Tokenizers.ofGguf(file.metadata());
    }
  }

  /**
   * One user message in the chat template, with the generation prompt.
   *
   * @throws UserException when the model has no chat template, or the template refuses
   */
  public String userPrompt(String content) {
    return chatPrompt(List.of(new Message("user", content)));
  }

  /**
   * A conversation in the chat template, with the generation prompt.
   *
   * @throws UserException when the model has no chat template, or the template refuses
   */
  public String chatPrompt(List<Message> messages) {
    return render(messages.stream().map(Message::fields).toList(), true, CLOCK);
  }

  /**
   * A conversation in the chat template.
   *
   * @param messages the fields of every message
   * @param addGenerationPrompt whether to end with the generation prompt
   * @param clock the time that the template may print
   * @throws UserException when the model has no chat template, or the template refuses
   */
  public String render(
      List<Map<String, Object>> messages, boolean addGenerationPrompt, Clock clock) {
    if (chatTemplate == null) {
      throw new UserException(
          name
              + " has no chat template; use an instruction-tuned model or add chat_template.jinja");
    }
    Map<String, Object> variables = new LinkedHashMap<>(tokenizer.specialTokens());
    variables.putAll(templateArguments);
    return forUsers(
        () -> chatTemplate.renderFields(messages, addGenerationPrompt, variables, clock));
  }

  private static <T> T forUsers(Supplier<T> step) {
    try {
      return step.get();
    } catch (ChatTemplateException refusal) {
      throw new UserException(String.valueOf(refusal.getMessage()), refusal);
    }
  }

  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
  }
}
