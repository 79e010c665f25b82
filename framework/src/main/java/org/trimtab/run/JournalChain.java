package org.trimtab.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.trimtab.io.Hashes;

/**
 * The checks of a journal's lines. Each line ends in a hash of its own bytes and of the check of
 * the line before it, so that a byte that changes, and a line that is lost, moved or put in, breaks
 * the chain at that place. A journal can be cut at any line: what is left is what was written until
 * then.
 */
final class JournalChain {
  private static final int DIGITS = 16;
  private static final String MARK = ",\"check\":\"";
  private static final String END = "\"}";
  private static final int LENGTH = MARK.length() + DIGITS + END.length();

  private final MessageDigest digest = Hashes.sha256();
  private byte[] last = new byte[0];

  /** The chain after some complete lines. */
  static JournalChain after(byte[] bytes, int complete) {
    JournalChain chain = new JournalChain();
    int end = complete - 1 - END.length();
    if (end >= DIGITS) {
      chain.last = Arrays.copyOfRange(bytes, end - DIGITS, end);
    }
    return chain;
  }

  /** A line, a JSON object, with its check and a line feed; the chain then ends in it. */
  String append(String object) {
    String text = object.substring(0, object.length() - 1);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    last = check(bytes, 0, bytes.length);
    return text + MARK + new String(last, StandardCharsets.US_ASCII) + END + "\n";
  }

  /** Whether a line, given without its line feed, continues the chain, which then ends in it. */
  boolean continues(byte[] bytes, int from, int to) {
    if (!isChecked(bytes, from, to)) {
      return false;
    }
    int mark = to - LENGTH;
    byte[] expected = check(bytes, from, mark - from);
    byte[] found = Arrays.copyOfRange(bytes, mark + MARK.length(), to - END.length());
    last = expected;
    return Arrays.equals(found, expected);
  }

  /** Whether a line ends in a check at all, which those of earlier versions do not. */
  static boolean isChecked(byte[] bytes, int from, int to) {
    return to - from > LENGTH
        && startsWith(bytes, to - LENGTH, MARK)
        && startsWith(bytes, to - END.length(), END);
  }

  /** Whether a text of ASCII characters stands at a place. */
  static boolean startsWith(byte[] bytes, int from, String text) {
    if (from + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private byte[] check(byte[] bytes, int from, int length) {
    digest.update(last);
    digest.update(bytes, from, length);
    String hash = HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2);
    return hash.getBytes(StandardCharsets.US_ASCII);
  }
}
