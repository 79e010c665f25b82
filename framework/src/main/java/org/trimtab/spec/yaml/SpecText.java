package org.trimtab.spec.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.trimtab.io.InputFile;

/** A spec's bytes as text, or the reason why they are not text. */
public final class SpecText {
  /** The largest file that is read, in bytes: specs are written by hand. */
  public static final int LARGEST = 1 << 20;

  private SpecText() {}

  /**
   * The bytes of a file.
   *
   * @throws SpecProblems when it is not there, too large or cannot be read
   */
  public static byte[] read(Path file) {
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

  /**
   * Bytes as text.
   *
   * @throws SpecProblems when they are not a text in UTF-8, with the place
   */
  public static String decode(String file, byte[] bytes) {
    Position at = Position.of(file);
    if (bytes.length > LARGEST) {
      throw SpecProblems.of(at, tooLarge(bytes.length));
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw SpecProblems.of(
            place(file, bytes, i),
            "not a text file: byte " + i + " is zero; specs are YAML in UTF-8");
      }
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    try {
      String text =
          InputFile.withoutMark(StandardCharsets.UTF_8.newDecoder().decode(input).toString());
      if (text.isBlank()) {
        throw SpecProblems.of(
            place(file, bytes, 0), "the file is empty; a spec begins with 'name: ...'");
      }
      return text;
    } catch (CharacterCodingException e) {
      String found = String.format(Locale.ROOT, "0x%02x", bytes[input.position()]);
      throw SpecProblems.of(
          place(file, bytes, input.position()),
          "not UTF-8: byte " + found + "; save the file as UTF-8");
    }
  }

  /** The place of a byte; bytes are counted as columns. */
  private static Position place(String file, byte[] bytes, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index; i++) {
      column = bytes[i] == '\n' ? 1 : column + 1;
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new Position(file, line, column);
  }

  private static String tooLarge(long bytes) {
    return "too large for a spec: " + bytes + " bytes, at most " + LARGEST;
  }
}
