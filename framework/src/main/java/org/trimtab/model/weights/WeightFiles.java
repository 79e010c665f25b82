package org.trimtab.model.weights;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trimtab.UserException;

/** The front door to weights: opens whatever a path holds. */
public final class WeightFiles {
  private WeightFiles() {}

  /**
   * Opens weights, chosen by what is there and not by the file's name alone: a folder in the hub's
   * layout, a GGUF file (by its magic bytes), or a safetensors file.
   *
   * @throws UserException when it is none of these, or damaged; the message names the file
   */
  public static MappedWeights open(Path path) {
    if (Files.isDirectory(path)) {
      return Safetensors.openFolder(path);
    }
    MappedFile file = MappedFile.open(path);
    String start =
        new String(file.bytes(0, (int) Math.min(32, file.size())), StandardCharsets.ISO_8859_1);
    if (start.startsWith(GgufFile.MAGIC)) {
      return GgufFile.open(path);
    }
    file.requireContent();
    if (path.toString().endsWith(".safetensors") || start.indexOf('{') == Long.BYTES) {
      return Safetensors.open(path);
    }
    throw file.problem("is neither a GGUF nor a safetensors file");
  }
}
