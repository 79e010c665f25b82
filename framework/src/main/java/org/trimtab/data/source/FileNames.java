package org.trimtab.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.trimtab.UserException;
import org.trimtab.io.CacheFolder;

/**
 * Names of files. Those from other sources must stay within their folder; those given by the user
 * may lead anywhere.
 */
public final class FileNames {
  private FileNames() {}

  /**
   * The path of a named file in a folder.
   *
   * @param name relative, parts separated by {@code /}
   * @throws UserException when the name is absolute, has an empty, {@code .} or {@code ..} part, a
   *     back slash, a colon or a control character
   */
  public static Path within(Path folder, String name) {
    return folder.resolve(check(name));
  }

  /**
   * The path for a name given by the user; {@code ~/} is the user's home folder.
   *
   * @throws UserException when it is not a path
   */
  public static Path given(String name) {
    try {
      return name.startsWith("~/") ? CacheFolder.home().resolve(name.substring(2)) : Path.of(name);
    } catch (InvalidPathException e) {
      throw new UserException("'" + name + "' is neither a known name nor a path", e);
    }
  }

  /** The name, if {@link #within} accepts it. */
  public static String check(String name) {
    boolean strange = name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 127);
    for (String part : name.split("/", -1)) {
      strange |= part.isEmpty() || part.equals(".") || part.equals("..");
    }
    if (strange) {
      throw new UserException(
          "'" + name + "' is not a file name: expected a relative path such as model.safetensors");
    }
    return name;
  }
}
