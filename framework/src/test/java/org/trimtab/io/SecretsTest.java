package org.trimtab.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UsageException;

class SecretsTest {
  private static final String KEY = "sk-9fK/27+vQz==&x";

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyIsRedactedInEveryFormInWhichAServerRepeatsIt() {
    assertThat(Secrets.read(Map.of("JUDGE_KEY", KEY + "\n"), "JUDGE_KEY")).contains(KEY);
    String url = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    for (String form :
        new String[] {
          KEY,
          "Bearer " + KEY,
          url,
          url.toLowerCase(java.util.Locale.ROOT).replace("sk-9fk", "sk-9fK").replace("vqz", "vQz"),
          base64(KEY),
          base64("Bearer " + KEY),
          base64("user:" + KEY + "!"),
          base64(":" + KEY).replace('+', '-').replace('/', '_'),
          KEY.replace("&", "&amp;"),
          KEY.replace("/", "\\/"),
          java.util.HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.UTF_8))
        }) {
      assertThat(Secrets.redact("you sent '" + form + "'."))
          .as(form)
          .contains("[JUDGE_KEY]")
          .doesNotContain("9fK")
          .doesNotContain(form);
    }
    assertThat(Secrets.redact("nothing of it")).isEqualTo("nothing of it");
  }

  @Test
  void anAccountIsRedactedInParts() {
    String header = Secrets.basic("MLFLOW_TRACKING_PASSWORD", "someone", "correct horse");
    assertThat(header).isEqualTo(base64("someone:correct horse"));
    assertThat(Secrets.redact("Basic " + header + " of someone:correct horse, correct%20horse"))
        .isEqualTo(
            "Basic [MLFLOW_TRACKING_PASSWORD] of [MLFLOW_TRACKING_PASSWORD],"
                + " [MLFLOW_TRACKING_PASSWORD]");
  }

  @Test
  void aShortSecretIsRedactedAsAWordAlone() {
    assertThat(Secrets.of("SHORT_TOKEN", "q7u")).contains("q7u");
    assertThat(Secrets.redact("q7u, aq7u and q7ux")).isEqualTo("[SHORT_TOKEN], aq7u and q7ux");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hush-1\nhush", "hush-2\r\nX: y", "hush-3 hush", "hush-4\u00e4", "hush-5\u0000x"})
  void aKeyThatCannotBeSentIsRefusedByItsVariable(String key) {
    assertThatThrownBy(() -> Secrets.read(Map.of("HF_TOKEN", key), "HF_TOKEN"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("HF_TOKEN has a")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> Secrets.basic("PASSWORD", "user", "hush\nhush"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("PASSWORD")
        .hasMessageNotContaining("hush");
  }

  @Test
  void aBlankVariableIsNone() {
    assertThat(Secrets.read(Map.of("HF_TOKEN", " \n"), "HF_TOKEN")).isEmpty();
    assertThat(Secrets.read(Map.of(), "HF_TOKEN")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://someone:hush@host/v1",
        "http://hush@host",
        " https://a:hush@[::1]:80?x=@",
        "https://a:hu%2Fsh@host",
        "https://a:hu/hush@host"
      })
  void aUserInAnAddressIsRefusedByName(String address) {
    assertThatThrownBy(() -> Secrets.refuseUserInfo("HF_ENDPOINT", address, "set HF_TOKEN."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageContaining("set HF_TOKEN.")
        .hasMessageNotContaining("hush");
  }

  @Test
  void otherAddressesAreNotRefused() {
    for (String address :
        new String[] {"https://host/@org/x", "http://host?mail=a@b", "org/x@v1"}) {
      Secrets.refuseUserInfo("url", address, "");
    }
    assertThat(Secrets.withoutUserInfo("https://host/@org")).isEqualTo("https://host/@org");
  }
}
