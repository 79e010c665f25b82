package org.trimtab.data.source.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.trimtab.data.source.HashCache;

/**
 * A model on this machine, with its identity.
 *
 * @param name as requested
 * @param path a folder in the hub's layout, or a .gguf file
 * @param source its source, in words: an address, a package, a path
 * @param files name to sha256 of every file of the model
 */
public record ResolvedModel(
    String name, Path path, String source, SortedMap<String, String> files) {
  /** Copies the files. */
  public ResolvedModel {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * The identity of weight files and config.json. One file's is its own sha256, whatever its name;
   * several files' is {@link Hashes#combined}.
   */
  public String weightsSha256() {
    return combined(name -> ModelFiles.isWeights(name) || name.equals(ModelFiles.CONFIG));
  }

  /** The identity of the tokenizer's files, or of the GGUF file that contains it. */
  public String tokenizerSha256() {
    return combined(name -> ModelFiles.isTokenizer(name) || name.endsWith(".gguf"));
  }

  private String combined(Predicate<String> chosen) {
    Map<String, String> part = new TreeMap<>(files);
    part.keySet().removeIf(chosen.negate());
    return part.size() == 1 ? part.values().iterator().next() : HashCache.combined(part);
  }
}
