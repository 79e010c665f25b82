package org.trimtab.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.trimtab.UserException;

/** A text exactly as in its file: nothing is trimmed, and line ends are kept. */
public final class PlainText {
  private PlainText() {}

  /**
   * Reads a file in UTF-8.
   *
   * @throws UserException when it cannot be read, is not UTF-8, or is blank
   */
  public static String read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": not a text in UTF-8; convert it first", e);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (text.isBlank()) {
      throw new UserException(file + ": the file holds no text");
    }
    return text;
  }
}
