package org.trimtab.data.source.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.trimtab.UserException;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.FileNames;
import org.trimtab.io.Json;

/** The files of a model in a folder in the hub's layout, and whether all are present. */
final class ModelFiles {
  static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final Set<String> TOKENIZER =
      Set.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja",
          "chat_template.json");
  private static final Set<String> VOCABULARIES =
      Set.of("tokenizer.json", "tokenizer.model", "vocab.json");

  private ModelFiles() {}

  /** The names that belong to the model, sorted: settings, tokenizer, weights; no others. */
  static List<String> choose(Collection<String> names) {
    TreeSet<String> chosen = new TreeSet<>();
    for (String name : names) {
      if (name.equals(CONFIG) || name.equals("generation_config.json") || isTokenizer(name)) {
        chosen.add(name);
      }
    }
    if (names.contains(INDEX)) {
      chosen.add(INDEX);
      names.stream()
          .filter(name -> name.matches("model-\\d+-of-\\d+\\.safetensors"))
          .forEach(chosen::add);
    } else if (names.contains(WEIGHTS)) {
      chosen.add(WEIGHTS);
    }
    return List.copyOf(chosen);
  }

  static boolean isTokenizer(String name) {
    return TOKENIZER.contains(name);
  }

  static boolean isWeights(String name) {
    return name.endsWith(".safetensors") || name.endsWith(".gguf");
  }

  /** The GGUF files among some names. */
  static List<String> ggufs(Collection<String> names) {
    return names.stream().filter(name -> name.endsWith(".gguf")).sorted().toList();
  }

  /** The names of the files in a folder. */
  static Set<String> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      TreeSet<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(String.valueOf(file.getFileName())));
      return names;
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be listed: " + FetchFailure.reason(e), e);
    }
  }

  /** The model's files in a folder, by name; shards are those that the index names. */
  static Map<String, Path> of(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    Set<String> there = in(folder);
    choose(there).stream()
        .filter(name -> !there.contains(INDEX) || !isWeights(name))
        .forEach(name -> files.put(name, folder.resolve(name)));
    if (there.contains(INDEX)) {
      shards(folder.resolve(INDEX))
          .forEach(name -> files.put(name, FileNames.within(folder, name)));
    }
    return files;
  }

  /** The missing part of a model's settings and weights in a folder; empty if it is complete. */
  static Optional<String> missing(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.of("there is no such folder");
    }
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      return Optional.of("it has no " + CONFIG);
    }
    Map<String, Path> files = of(folder);
    if (files.keySet().stream().noneMatch(ModelFiles::isWeights)) {
      return Optional.of("it has neither " + WEIGHTS + " nor " + INDEX);
    }
    return files.entrySet().stream()
        .filter(file -> !Files.isRegularFile(file.getValue()))
        .map(file -> "it has no " + file.getKey() + ", which " + INDEX + " names")
        .findFirst();
  }

  /** Like {@link #missing}, but a tokenizer is also required. */
  static Optional<String> missingWithTokenizer(Path folder) {
    return missing(folder)
        .or(
            () ->
                in(folder).stream().anyMatch(VOCABULARIES::contains)
                    ? Optional.empty()
                    : Optional.of("it has no tokenizer.json"));
  }

  private static Set<String> shards(Path index) {
    try {
      JsonNode shards = Json.MAPPER.readTree(index.toFile()).path("weight_map");
      TreeSet<String> names = new TreeSet<>();
      shards.elements().forEachRemaining(shard -> names.add(shard.asText()));
      if (names.isEmpty()) {
        throw new UserException(index + ": weight_map is missing or empty");
      }
      return names;
    } catch (IOException e) {
      throw new UserException(index + ": cannot be read: " + FetchFailure.reason(e), e);
    }
  }
}
