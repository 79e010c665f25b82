package org.trimtab.data.source.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.data.source.HashCache;
import org.trimtab.io.InputFile;

/** Models that the user names by path. */
record LocalModels(HashCache hashes) {
  /** The model at a path that exists. */
  ResolvedModel resolve(String name, Path path) {
    if (Files.isDirectory(path)) {
      return folder(name, path);
    }
    if (!path.toString().endsWith(".gguf")) {
      throw new UserException(
          ("%s: a model is a .gguf file, or a folder with config.json and model.safetensors;"
                  + " of a .safetensors file name the folder that it is in")
              .formatted(path));
    }
    return gguf(name, InputFile.regular(path), "local file");
  }

  /** A model that is one GGUF file. */
  ResolvedModel gguf(String name, Path path, String source) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(String.valueOf(path.getFileName()), hashes.sha256(regular(path)));
    return new ResolvedModel(name, path, source, files);
  }

  /** A model in a folder in the hub's layout, complete according to {@link ModelFiles}. */
  ResolvedModel complete(String name, Path folder, String source) {
    SortedMap<String, String> files = new TreeMap<>();
    for (Map.Entry<String, Path> file : ModelFiles.of(folder).entrySet()) {
      files.put(file.getKey(), hashes.sha256(regular(file.getValue())));
    }
    return new ResolvedModel(name, folder, source, files);
  }

  /** Refuses a pipe or a device, which would be waited for without end. */
  private static Path regular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + ": is not a regular file");
    }
    return file;
  }

  private ResolvedModel folder(String name, Path folder) {
    Optional<String> missing = ModelFiles.missing(folder);
    if (missing.isEmpty()) {
      return complete(name, folder, "local folder");
    }
    List<String> ggufs = ModelFiles.ggufs(ModelFiles.in(folder));
    if (ggufs.size() == 1) {
      return gguf(name, folder.resolve(ggufs.get(0)), "local file");
    }
    throw new UserException(
        "%s: not a model's folder: %s".formatted(folder, missing.get())
            + (ggufs.isEmpty()
                ? ". Expected config.json, model.safetensors (or its index and shards) and a"
                    + " tokenizer, or one .gguf file."
                : ". It holds several GGUF files; name one: " + String.join(", ", ggufs)));
  }
}
