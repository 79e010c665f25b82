package org.trimtab.chat;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.render.Program;
import org.trimtab.chat.syntax.TemplateFailure;

/**
 * A chat template: how a model wants a conversation written down. It renders exactly what
 * transformers 5 renders with jinja2 3.1 ({@code apply_chat_template}, its sandbox, {@code
 * trim_blocks}, {@code lstrip_blocks}, loop controls, {@code generation} blocks, {@code tojson},
 * {@code raise_exception} and {@code strftime_now}). What it does not know is an error, never a
 * wrong prompt. Immutable and safe for several threads.
 */
public final class ChatTemplate {
  private final String name;
  private final Program program;

  private ChatTemplate(String name, Program program) {
    this.name = name;
    this.program = program;
  }

  /**
   * Parses a template.
   *
   * @param name what errors call it: a file or a model
   * @param source the template's text
   * @throws ChatTemplateException where the template is malformed or uses an unknown filter, test
   *     or tag
   */
  public static ChatTemplate parse(String name, String source) {
    try {
      return new ChatTemplate(name, Program.parse(source));
    } catch (TemplateFailure failure) {
      throw exception(name, failure);
    }
  }

  /**
   * Renders a conversation.
   *
   * @param messages the conversation, oldest message first
   * @param addGenerationPrompt whether to end with what makes the model answer
   * @param variables what else the template may read: {@code bos_token}, {@code eos_token}, {@code
   *     enable_thinking}, ...; null, strings, numbers, booleans, lists and maps of them. {@code
   *     tools} and {@code documents} are None unless given
   * @param clock the time that the template may print, in the zone that it is to see
   * @return the prompt
   * @throws ChatTemplateException where the template refuses or fails
   */
  public String render(
      List<Message> messages,
      boolean addGenerationPrompt,
      Map<String, ? extends @Nullable Object> variables,
      Clock clock) {
    return renderFields(
        messages.stream().map(Message::fields).toList(), addGenerationPrompt, variables, clock);
  }

  /**
   * Renders a conversation whose messages have more than a role and a text, such as tool calls.
   *
   * @param messages a map of fields for every message
   * @param addGenerationPrompt whether to end with what makes the model answer
   * @param variables what else the template may read
   * @param clock the time that the template may print
   * @return the prompt
   * @throws ChatTemplateException where the template refuses or fails
   */
  public String renderFields(
      List<? extends Map<String, ? extends @Nullable Object>> messages,
      boolean addGenerationPrompt,
      Map<String, ? extends @Nullable Object> variables,
      Clock clock) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("tools", null);
    all.put("documents", null);
    all.putAll(variables);
    all.put("messages", messages);
    all.put("add_generation_prompt", addGenerationPrompt);
    try {
      return program.render(all, clock);
    } catch (TemplateFailure failure) {
      throw exception(name, failure);
    }
  }

  /** What errors call the template. */
  public String name() {
    return name;
  }

  private static ChatTemplateException exception(String name, TemplateFailure failure) {
    return new ChatTemplateException(
        name, failure.line(), failure.kind(), failure.detail(), failure);
  }
}
