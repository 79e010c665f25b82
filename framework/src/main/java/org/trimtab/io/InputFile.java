package org.trimtab.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.UserException;

/** Files that a user names. Only regular files are opened: a named pipe would be read for ever. */
public final class InputFile {
  /** The longest text that fits a Java string in any encoding. */
  private static final long LONGEST_TEXT = 1L << 30;

  private InputFile() {}

  /**
   * The file, if it can be opened as one.
   *
   * @throws UserException when it is missing, a folder, a named pipe, a socket or a device
   */
  public static Path regular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file
              + (!Files.exists(file)
                  ? ": there is no such file"
                  : Files.isDirectory(file)
                      ? ": this is a folder, expected a file"
                      : ": not a regular file (a named pipe, socket or device)"));
    }
    return file;
  }

  /**
   * The same for a file that may be missing: reading it then fails as usual.
   *
   * @throws UserException when it is a folder, a named pipe, a socket or a device
   */
  public static Path regularIfThere(Path file) {
    return Files.exists(file) ? regular(file) : file;
  }

  /**
   * The text of a file in UTF-8, exactly as it is.
   *
   * @throws UserException when it is no regular file, cannot be read, is not UTF-8, or is blank
   */
  public static String text(Path file) {
    String text;
    try {
      if (Files.size(regular(file)) > LONGEST_TEXT) {
        throw new UserException(file + ": longer than 1 GiB, too long for a text");
      }
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserException(
          file + ":" + firstWrongLine(file) + ": not a text in UTF-8; convert it first", e);
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

  /**
   * The lines of a file in UTF-8, without a byte order mark and whatever ends them.
   *
   * @throws UserException as {@link #text}
   */
  public static List<String> lines(Path file) {
    String text = withoutMark(text(file));
    if (text.isBlank()) {
      throw new UserException(file + ": the file holds no text");
    }
    return text.lines().toList();
  }

  /** A text without the byte order mark that some programs put before it. */
  public static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The number of the first line that is not UTF-8, from 1. */
  private static int firstWrongLine(Path file) {
    int line = 1;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CharBuffer text = CharBuffer.allocate(8192);
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      CoderResult result = CoderResult.OVERFLOW;
      while (result.isOverflow()) {
        result = decoder.decode(bytes, text, true);
        text.flip();
        line += (int) text.chars().filter(c -> c == '\n').count();
        text.clear();
      }
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return line;
  }
}
