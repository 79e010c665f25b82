package org.trimtab.data.source.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.source.DeclaredFile;
import org.trimtab.data.source.Download;
import org.trimtab.data.source.Expected;
import org.trimtab.data.source.FetchFailure;
import org.trimtab.data.source.HubAddress;
import org.trimtab.data.source.Origin;
import org.trimtab.data.source.PartFile;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.Json;

/**
 * The hub's description of a repository at a revision.
 *
 * @param name {@code org/name}
 * @param commit the revision's present commit
 * @param files every file by its path in the repository
 */
record HubRepository(String name, String commit, TreeMap<String, Expected> files) {

  /** Queries the hub. */
  static HubRepository ask(HubName name, SourceSettings settings, Progress progress)
      throws FetchFailure {
    Path answer = null;
    try {
      Path folder = Files.createDirectories(settings.cache());
      answer = Files.createTempFile(folder, "listing", ".json");
      new Download(settings, progress)
          .fetch(
              HubAddress.listing(settings.hub(), name.repository(), name.revision()),
              new PartFile(answer, Expected.ANYTHING));
      return read(name.repository(), Json.MAPPER.readTree(answer.toFile()));
    } catch (IOException e) {
      throw new FetchFailure("the hub's answer cannot be read: " + FetchFailure.reason(e), e);
    } finally {
      delete(answer);
    }
  }

  /** A file to download, at this commit. */
  DeclaredFile declare(String file) {
    Expected expected = files.getOrDefault(file, Expected.ANYTHING);
    return new DeclaredFile(
        file,
        expected.bytes(),
        expected.sha256(),
        List.of(new Origin.Hub(name, commit, file, null)));
  }

  /** The files of the model, the settings last, as a sign of completeness. */
  List<DeclaredFile> model() throws FetchFailure {
    Set<String> names = files.keySet();
    List<String> chosen = new ArrayList<>(ModelFiles.choose(names));
    boolean config = chosen.remove(ModelFiles.CONFIG);
    if (!config || chosen.stream().noneMatch(ModelFiles::isWeights)) {
      List<String> ggufs = ModelFiles.ggufs(names);
      throw new FetchFailure(
          ggufs.isEmpty()
              ? "the repository holds no model: expected config.json and model.safetensors"
              : "the repository holds GGUF files; name one: "
                  + String.join(", ", ggufs.stream().map(gguf -> name + ":" + gguf).toList()));
    }
    chosen.add(ModelFiles.CONFIG);
    return chosen.stream().map(this::declare).toList();
  }

  /** One file named by the user. */
  List<DeclaredFile> file(String file) throws FetchFailure {
    if (!files.containsKey(file)) {
      throw new FetchFailure(
          "the repository holds no "
              + file
              + "; its GGUF files are: "
              + String.join(", ", ModelFiles.ggufs(files.keySet())));
    }
    return List.of(declare(file));
  }

  private static HubRepository read(String name, JsonNode answer) throws FetchFailure {
    String commit = answer.path("sha").asText("");
    if (!commit.matches("\\w+") || !answer.path("siblings").isArray()) {
      throw new FetchFailure("the hub's answer is not a repository's listing");
    }
    TreeMap<String, Expected> files = new TreeMap<>();
    for (JsonNode file : answer.path("siblings")) {
      @Nullable String sha256 =
          Optional.of(file.path("lfs").path("sha256").asText(""))
              .filter(text -> text.matches("[0-9a-f]{64}"))
              .orElse(null);
      @Nullable Long bytes =
          file.path("size").isIntegralNumber() ? file.path("size").asLong() : null;
      files.put(file.path("rfilename").asText(""), new Expected(bytes, sha256));
    }
    return new HubRepository(name, commit, files);
  }

  private static void delete(@Nullable Path answer) throws FetchFailure {
    try {
      if (answer != null) {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      throw new FetchFailure(answer + " cannot be deleted", e);
    }
  }
}
