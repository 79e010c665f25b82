package org.trimtab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.trimtab.io.Hashes;

/** The files that must not differ between runs: plan.json, cells.csv, all items and directions. */
final class ExportedFiles {
  private ExportedFiles() {}

  static Map<String, String> read(Path results) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(results)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = path.getFileName().toString();
        if (name.equals("plan.json") || name.equals("cells.csv") || name.startsWith("items.")) {
          files.put(results.relativize(path).toString(), Files.readString(path));
        } else if (name.endsWith(".safetensors")) {
          files.put(results.relativize(path).toString(), Hashes.file(path));
        }
      }
    }
    return files;
  }
}
