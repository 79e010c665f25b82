package org.trimtab.model.family;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufFile;

/** The families of models that can be loaded. */
public final class Families {
  private static final List<Family> ALL =
      List.of(
          new Llama(),
          new Mistral(),
          new Qwen2(),
          new Qwen3(),
          new Gemma2(),
          new Gemma3(),
          new Phi3());

  private Families() {}

  /**
   * The architecture that a hub folder's config.json describes.
   *
   * @throws UserException for a missing file, an unknown family or a wrong setting
   */
  public static ModelConfig ofHub(Path file) {
    HubConfig whole = HubConfig.read(file);
    Quantisation.of(whole);
    String wholeType = whole.text("model_type", "");
    boolean seesToo = ALL.stream().anyMatch(known -> wholeType.equals(known.multimodalType()));
    HubConfig config = seesToo ? whole.inner() : whole;
    String type = config.text("model_type", "");
    return ALL.stream()
        .filter(known -> known.modelType().equals(type))
        .findAny()
        .orElseThrow(
            () ->
                new UserException(
                    "%s: model_type '%s' is not known; known are ".formatted(config.place(), type)
                        + String.join(", ", ALL.stream().map(Family::modelType).sorted().toList())))
        .config(config);
  }

  /**
   * How a hub folder's weights are quantised.
   *
   * @throws UserException for a quantisation that cannot be read
   */
  public static Quantisation quantisation(Path file) {
    return Quantisation.of(HubConfig.read(file));
  }

  /**
   * The architecture that a GGUF file describes.
   *
   * @throws UserException for an unknown family or a wrong setting
   */
  public static ModelConfig ofGguf(GgufFile file) {
    GgufConfig config = new GgufConfig(file);
    return ALL.stream()
        .filter(known -> config.architecture().equals(known.architecture()))
        .findAny()
        .orElseThrow(
            () ->
                new UserException(
                    "%s: architecture '%s' is not known; known from GGUF are %s"
                        .formatted(
                            file.metadata().file(),
                            config.architecture(),
                            String.join(
                                ", ",
                                ALL.stream()
                                    .map(Family::architecture)
                                    .filter(Objects::nonNull)
                                    .toList()))))
        .config(config);
  }
}
