package org.trimtab.spec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A spec's bytes as text, or the reason why they are not text. */
final class SpecText {
  /** The largest file that is read, in bytes: specs are written by hand. */
  static final int LARGEST = 1 << 20;

  private SpecText() {}

  static byte[] read(Path file) {
    Position at = Position.of(file.toString());
    try {
      if (!Files.exists(file)) {
        throw SpecProblems.of(at, "no such file; specs lie in experiments/");
      }
      if (!Files.isRegularFile(file)) {
        throw SpecProblems.of(at, "not a file");
      }
      if (Files.size(file) > LARGEST) {
        throw SpecProblems.of(at, tooLarge(Files.size(file)));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw SpecProblems.of(at, "cannot be read: " + e.getMessage());
    }
  }

  static String decode(String file, byte[] bytes) {
    Position at = Position.of(file);
    if (bytes.length > LARGEST) {
      throw SpecProblems.of(at, tooLarge(bytes.length));
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw SpecProblems.of(
            at, "not a text file: byte " + i + " is zero; specs are YAML in UTF-8");
      }
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
      text = text.startsWith("\uFEFF") ? text.substring(1) : text;
      if (text.isBlank()) {
        throw SpecProblems.of(at, "the file is empty; a spec begins with 'name: ...'");
      }
      return text;
    } catch (CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < input.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      String found = String.format(Locale.ROOT, "0x%02x", bytes[input.position()]);
      throw SpecProblems.of(
          at, "not UTF-8: byte " + found + " in line " + line + "; save the file as UTF-8");
    }
  }

  private static String tooLarge(long bytes) {
    return "too large for a spec: " + bytes + " bytes, at most " + LARGEST;
  }
}
