package org.trimtab.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final String TURNS =
      """
      {{ bos_token }}
      {%- for message in messages %}
      <{{ message.role }}>{{ message.content | trim }}</s>
      {% endfor %}
      {% if add_generation_prompt %}
      <assistant>
      {%- endif %}
      """;

  private static String render(String template) {
    return ChatTemplate.parse("test", template).render(List.of(), false, Map.of(), CLOCK);
  }

  @Test
  void writesDownAConversation() {
    ChatTemplate template = ChatTemplate.parse("turns", TURNS);
    List<Message> messages = List.of(new Message("user", " Hi "), new Message("assistant", "Yes"));

    assertThat(template.render(messages, false, Map.of("bos_token", "<s>"), CLOCK))
        .isEqualTo("<s><user>Hi</s>\n<assistant>Yes</s>\n");
    assertThat(template.render(messages, true, Map.of("bos_token", "<s>"), CLOCK))
        .isEqualTo("<s><user>Hi</s>\n<assistant>Yes</s>\n<assistant>");
  }

  @Test
  void hasNoToolsAndDocumentsUnlessGiven() {
    ChatTemplate template = ChatTemplate.parse("t", "{{ tools }} {{ documents is none }}");
    Map<String, @Nullable Object> variables = new HashMap<>();

    assertThat(template.render(List.of(), false, variables, CLOCK)).isEqualTo("None True");
    variables.put("tools", List.of(Map.of("name", "f")));
    assertThat(template.render(List.of(), false, variables, CLOCK))
        .isEqualTo("[{'name': 'f'}] True");
  }

  @Test
  void readsTheClockInItsZone() {
    Clock clock = Clock.fixed(Instant.parse("2024-12-31T23:30:00Z"), ZoneOffset.ofHours(1));

    assertThat(
            ChatTemplate.parse("t", "{{ strftime_now('%d %b %Y %H:%M') }}")
                .render(List.of(), false, Map.of(), clock))
        .isEqualTo("01 Jan 2025 00:30");
  }

  @Test
  void namesTemplateAndLineOfAnError() {
    ChatTemplate template = ChatTemplate.parse("gemma.jinja", "a\n\n{{ messages[0]\n .x.y }}");

    assertThatThrownBy(() -> template.render(List.of(), false, Map.of(), CLOCK))
        .isInstanceOf(ChatTemplateException.class)
        .hasMessage(
            "chat template gemma.jinja, line 4: UndefinedError: list object has no element 0");
    assertThatThrownBy(() -> ChatTemplate.parse("bad.jinja", "a\n{% if x %}\nb"))
        .hasMessageStartingWith("chat template bad.jinja, line 3: TemplateSyntaxError: Unexpected");
    assertThatThrownBy(() -> ChatTemplate.parse("bad.jinja", "a\n{{ x|from_json }}"))
        .hasMessage(
            "chat template bad.jinja, line 2: TemplateAssertionError: No filter named 'from_json'.");
  }

  @Test
  void passesOnTheTemplatesOwnRefusal() {
    assertThatThrownBy(() -> render("{{ raise_exception('System role not supported') }}"))
        .isInstanceOfSatisfying(
            ChatTemplateException.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo("TemplateError");
              assertThat(refusal.detail()).isEqualTo("System role not supported");
              assertThat(refusal.line()).isEqualTo(1);
              assertThat(refusal)
                  .hasMessage(
                      "chat template test, line 1: the template refuses: System role not"
                          + " supported");
            });
  }

  @Test
  void rendersTheSameInManyThreads() {
    ChatTemplate template = ChatTemplate.parse("turns", TURNS);

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(
                    i ->
                        template.render(
                            List.of(new Message("user", "m" + i)),
                            true,
                            Map.of("bos_token", "<s>"),
                            CLOCK)))
        .containsExactlyElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "<s><user>m" + i + "</s>\n<assistant>").toList());
  }

  @Test
  void stopsWhatWouldNotEnd() {
    assertLimited("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "deeper than");
    assertLimited(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "steps");
    assertLimited(
        "{% set ns = namespace(t='ab') %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}"
            + "{% endfor %}",
        "characters");
    assertLimited("{% for i in range(9999) %}{{ 'x' * 9999 }}{% endfor %}", "characters");
    assertLimited("{{ ('a' * 99999)|replace('a', 'b' * 99999) }}", "characters");
    assertLimited("{{ 'a' * 99999999999 }}", "characters");
    assertLimited("{{ [0] * 9999999 }}", "elements");
    assertLimited("{{ 'a'|center(999999999) }}", "characters");
    assertLimited("{{ '%999999d' * 20 % ((1,) * 20) }}", "characters");
    assertLimited(
        "{% set ns = namespace(l=[]) %}{% for i in range(90000) %}{% set ns.l = [ns.l] %}"
            + "{% endfor %}{{ ns.l }}",
        "too deep");
    String twins =
        "{% set ns = namespace(a=1, b=1) %}{% for i in range(60) %}"
            + "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}";
    assertLimited(twins + "{{ ns.a == ns.b }}", "comparison");
    assertLimited(twins + "{{ ns.a }}", "characters");
    assertLimited(twins + "{{ ns.a|tojson }}", "characters");
    assertLimited(
        "{% set x = 'a' * 7999999 %}{% for i in range(99999) %}{{ x|length }}{% endfor %}",
        "steps");
    assertLimited("{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}", "deeper than");
  }

  @Test
  void stopsNestingThatNoStackHolds() {
    assertThatThrownBy(() -> render("{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}"))
        .hasMessageContaining("LimitExceeded: the template nests deeper than 200 levels");
    assertThatThrownBy(() -> render("{% if 1 %}".repeat(5000)))
        .hasMessageContaining("LimitExceeded: the template nests deeper than 200 levels");
    assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(50_000) + " }}"))
        .hasMessageContaining("LimitExceeded");
  }

  @Test
  void takesLongChainsThatTemplatesHave() {
    assertThat(render("{{ 'a'" + " + 'b'".repeat(500) + " }}")).hasSize(501);
  }

  private static void assertLimited(String template, String limit) {
    assertThatThrownBy(() -> render(template))
        .as(template)
        .isInstanceOfSatisfying(
            ChatTemplateException.class,
            stopped -> assertThat(stopped.kind()).isEqualTo("LimitExceeded"))
        .hasMessageContaining(limit);
  }
}
