package org.trimtab.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Sizes and modification times of files: equal stamps mean that nothing has to be read again.
 *
 * @param entries path, size and time of each file; an absent file has neither
 */
public record FileStamp(List<String> entries) {
  /** The stamp of some files. */
  public static FileStamp of(List<Path> files) {
    List<String> entries = new ArrayList<>();
    for (Path file : files) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        entries.add(file + " " + now.size() + " " + now.lastModifiedTime());
      } catch (IOException e) {
        entries.add(file + " absent");
      }
    }
    return new FileStamp(List.copyOf(entries));
  }

  /** The stamp of one file. */
  public static FileStamp of(Path file) {
    return of(List.of(file));
  }
}
