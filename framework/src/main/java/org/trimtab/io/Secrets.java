package org.trimtab.io;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;

/**
 * The keys, tokens and passwords that this process was given, so that none gets into a journal, a
 * message or a file: a server may repeat what it was sent, and an exception may quote it. Every
 * text from outside is passed through {@link #redact} before it is cut, kept or shown. Thread-safe.
 */
public final class Secrets {
  /** A shorter secret may be a word, and is redacted only where it stands alone. */
  private static final int WORD = 8;

  /** A part of a base64 text that is shorter may occur by chance. */
  private static final int SHORTEST_PART = 8;

  /** Forms of the secrets, the longest first, and what replaces them: the variable's name. */
  private static final Map<String, String> FORMS =
      new ConcurrentSkipListMap<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(String::compareTo));

  private static final Pattern USER_INFO =
      Pattern.compile(
          // A password may have a slash that should have been escaped: then it looks like a port.
          "^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*@|[^/?#:\\[]*:(?!\\d*([/?#]|$)).*@)");

  private Secrets() {}

  /**
   * A key or token from an environment variable, to be redacted from now on; spaces and line breaks
   * around it are removed.
   *
   * @return nothing if the variable is missing or blank
   * @throws UsageException when it has a character that cannot be sent; says which, and does not
   *     show the value
   */
  public static Optional<String> read(Map<String, String> environment, String variable) {
    return of(variable, environment.get(variable));
  }

  /**
   * The same for a value from elsewhere.
   *
   * @param name the variable or file, for messages and as a replacement
   */
  public static Optional<String> of(String name, @Nullable String value) {
    String secret = value == null ? "" : value.strip();
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      if (c <= ' ' || c >= 127) {
        keep(name, secret);
        throw new UsageException(
            name
                + " has "
                + (c == '\n' || c == '\r'
                    ? "a line break"
                    : c <= ' ' ? "a space or control character" : "a character that is not ASCII")
                + " after "
                + i
                + " characters, which no key has: set it again (its value is not shown).");
      }
    }
    if (!secret.isEmpty()) {
      keep(name, secret);
    }
    return Optional.of(secret).filter(text -> !text.isEmpty());
  }

  /**
   * User and password as {@code Authorization: Basic} has them, redacted from now on.
   *
   * @param name the password's variable
   * @throws UsageException when one has a control character, or the user a colon
   */
  public static String basic(String name, String user, String password) {
    if (user.indexOf(':') >= 0 || (user + password).chars().anyMatch(Character::isISOControl)) {
      keep(name, password);
      throw new UsageException(
          name
              + " or its user name has a line break or another control character, or the user name"
              + " a colon: set them again (their values are not shown).");
    }
    String pair = user + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    keep(name, password);
    keep(name, pair);
    FORMS.put(encoded, "[" + name + "]");
    return encoded;
  }

  /**
   * Refuses an address with a user or a password in it, which would be shown and kept wherever the
   * address is.
   *
   * @param name what the address is of: a variable, or a place in a spec
   * @param advice where the user belongs
   * @throws UsageException when it has one
   */
  public static void refuseUserInfo(String name, String address, String advice) {
    if (USER_INFO.matcher(address.strip()).find()) {
      throw new UsageException(name + " has a user or password in its address: " + advice);
    }
  }

  /** An address with {@code ...} in place of a user and password. */
  public static String withoutUserInfo(String address) {
    return address.replaceAll("//[^/?#\\s]*@", "//...@");
  }

  /** Remembers a secret in the forms in which a server or a library may repeat it. */
  private static void keep(String name, String secret) {
    String shown = "[" + name + "]";
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    for (String form :
        new String[] {
          secret,
          Json.line(secret).replaceAll("^\"|\"$", ""),
          secret.replace("/", "\\/"),
          secret
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;"),
          url,
          url.replace("+", "%20"),
          lowerCaseEscapes(url)
        }) {
      if (!form.isBlank()) {
        FORMS.put(form, shown);
      }
    }
    if (bytes.length >= SHORTEST_PART) {
      FORMS.put(hex, shown);
      FORMS.put(hex.toUpperCase(Locale.ROOT), shown);
    }
    // Within a longer text it has three forms in base64, of which the first and last digits depend
    // on what is beside it.
    for (int before = 0; before < 3; before++) {
      byte[] moved = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, moved, before, bytes.length);
      String digits = Base64.getEncoder().withoutPadding().encodeToString(moved);
      int from = (before * 8 + 5) / 6;
      int to = moved.length * 8 / 6;
      if (to - from >= SHORTEST_PART) {
        String part = digits.substring(from, to);
        FORMS.put(part, shown);
        FORMS.put(part.replace('+', '-').replace('/', '_'), shown);
      }
    }
  }

  private static String lowerCaseEscapes(String url) {
    return Pattern.compile("%[0-9A-F]{2}")
        .matcher(url)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  /** The text with every secret replaced by the name of its variable in brackets. */
  public static String redact(String text) {
    String redacted = text;
    for (Map.Entry<String, String> form : FORMS.entrySet()) {
      String secret = form.getKey();
      if (!redacted.contains(secret)) {
        continue;
      }
      redacted =
          secret.length() >= WORD
              ? redacted.replace(secret, form.getValue())
              : redacted.replaceAll(
                  "(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])",
                  Matcher.quoteReplacement(form.getValue()));
    }
    return redacted;
  }
}
