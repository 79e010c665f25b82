package org.trimtab.method.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;
import org.trimtab.spec.Key;
import org.trimtab.spec.bind.Settings;

/** How a search is written, and what is said of one that is hardly meant. */
class SearchTest {
  /** Settings as a method has them. */
  record Example(
      @Key(value = "the tuner", defaultValue = "{}") TunerSettings tuner,
      @Key(value = "the range", defaultValue = "0.0..0.1") Domain strength) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0..0.10 | 0..0.1",
        "0..2 step 0.25 | 0..2 step 0.25",
        "1e-5 .. 1e-1 log | 0.00001..0.1 log",
        "4..25 integer | 4..25 integer",
        "0..8 integer step 2 | 0..8 integer step 2",
        "1..64 integer log | 1..64 integer log",
        "-1..-0.5 | -1..-0.5",
        "fixed 0.05 | fixed 0.05",
        "fixed 1e-320 | fixed 1.0E-320",
        "fixed 1e-25 | fixed 1.0E-25",
        "0..1e300 | 0..1.0E300",
        "one of input,  output | one of input, output"
      })
  void aDomainHasOneCanonicalText(String written, String canonical) {
    Domain domain = Domain.parse(written);
    assertThat(domain.toString()).isEqualTo(canonical);
    assertThat(Domain.parse(canonical)).isEqualTo(domain);
    assertThat(canonical).matches(DomainText.FORMS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1..0 | must not end before it begins",
        "0..1 log | log needs a range above 0",
        "1..2 log step 0.5 | log and step exclude each other",
        "0..1 step 0.3 | a multiple of its step, 0.3",
        "0.5..2 integer | integers need whole numbers",
        "one of a, a | each once",
        "0.1 | write 0.0..0.1",
        "0..1e999 | too large"
      })
  void aDomainThatMakesNoSenseSaysWhy(String written, String message) {
    assertThatThrownBy(() -> Domain.parse(written))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(written)
        .hasMessageContaining(message);
  }

  @Test
  void settingsAreBoundWithDefaults() {
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    written.putObject("tuner").put("kind", "grid").put("trials", 5);
    Example bound = Settings.bind(written, Example.class);
    assertThat(bound.tuner()).isEqualTo(new TunerSettings(TunerSettings.Kind.GRID, 5, 10, 24));
    assertThat(bound.strength()).isEqualTo(new Numbers(0, 0.1, 0, false, false));
    assertThat(Settings.tree(bound).get("strength").textValue()).isEqualTo("0..0.1");
    written.put("strength", "0..");
    assertThatThrownBy(() -> Settings.bind(written, Example.class))
        .hasMessageContaining("'0..' is no range");
  }

  @Test
  void aSearchThatIsHardlyMeantIsSaidSo() {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    parameters.put("alpha", Domain.parse("0.0..1.0"));
    parameters.put("gamma", Domain.parse("0.0..1.0"));
    parameters.put("layer", Domain.parse("3..3 integer"));
    List<SearchWarning> warnings =
        SearchWarning.of(
            TunerSettings.of(TunerSettings.Kind.TPE, 10),
            new Space(parameters),
            List.of(Set.of("alpha", "gamma"), Set.of("alpha", "layer")));
    assertThat(warnings).hasSize(3);
    assertThat(warnings.get(0).message()).contains("10 trials", "10 start-up", "random search");
    assertThat(warnings.get(1).parameters()).containsExactly("layer");
    assertThat(warnings.get(1).message()).contains("one value, 3");
    assertThat(warnings.get(2).parameters()).containsExactlyInAnyOrder("alpha", "gamma");
    assertThat(warnings.get(2).message()).contains("'alpha' and 'gamma'", "product");
  }

  @Test
  void oneTrialOfOnePointIsNoSearchAndHasNoWarning() {
    Space space = new Space(Map.of("strength", Domain.parse("fixed 0.02")));
    TunerSettings once = TunerSettings.of(TunerSettings.Kind.TPE, 1);
    assertThat(SearchWarning.of(once, space, List.of())).isEmpty();
  }

  @Test
  void aPlainSearchHasNoWarning() {
    Space space = new Space(Map.of("strength", Domain.parse("0.0..0.1")));
    assertThat(SearchWarning.of(TunerSettings.of(TunerSettings.Kind.TPE, 11), space, List.of()))
        .isEmpty();
    assertThat(SearchWarning.of(TunerSettings.of(TunerSettings.Kind.RANDOM, 5), space, List.of()))
        .isEmpty();
  }
}
