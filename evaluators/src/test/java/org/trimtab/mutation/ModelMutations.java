package org.trimtab.mutation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Model folders and GGUF files, changed in one place. A short perplexity is computed with each:
 * other numbers show that something was accepted that is not what it says.
 */
final class ModelMutations implements Mutations {
  /** What a file is when large files were not fetched. */
  static final String POINTER =
      "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + "0".repeat(64)
          + "\nsize 178912\n";

  private final List<ModelBases.Base> bases;
  private final Map<String, String> numbers = new LinkedHashMap<>();

  private ModelMutations(List<ModelBases.Base> bases) {
    this.bases = bases;
  }

  /** Computes the numbers of the models as they are. */
  static ModelMutations make(Path folder, Path data, WorkerProcess program) throws IOException {
    Files.createDirectories(data);
    ModelMutations mutations = new ModelMutations(ModelBases.all(folder.resolve("tiny")));
    for (ModelBases.Base base : mutations.bases) {
      Path own = Files.createDirectories(folder.resolve(base.name()));
      base.write(own.resolve("model"));
      WorkerProcess.Ended ended = run(own, base.gguf(), program);
      if (ended.kind() != WorkerProcess.Ended.Kind.ENDED || ended.exitCode() != 0) {
        throw new IllegalStateException(base.name() + ": " + ended.text());
      }
      mutations.numbers.put(base.name(), items(own));
    }
    return mutations;
  }

  private static WorkerProcess.Ended run(Path folder, boolean gguf, WorkerProcess program)
      throws IOException {
    Files.write(folder.resolve("text.txt"), ModelBases.resource("/field-reports/text.txt"));
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: numbers
            question: Are these the numbers of this model?
            model: %s
            methods:
              baseline: {}
            evaluate:
              perplexity: {dataset: %s, window: 64, stride: 32}
            """
                .formatted(
                    folder.resolve(gguf ? "model/model.gguf" : "model"),
                    folder.resolve("text.txt")));
    return program.run(List.of(spec.toString(), "--results", folder.resolve("results").toString()));
  }

  private static String items(Path folder) throws IOException {
    try (var cells = Files.list(folder.resolve("results/numbers/cells"))) {
      Path cell = cells.findFirst().orElseThrow();
      return Files.readString(cell.resolve("items.jsonl"));
    }
  }

  @Override
  public String kind() {
    return "models";
  }

  @Override
  public Mutant write(Draw draw, Path folder) throws IOException {
    ModelBases.Base base = draw.of(bases);
    Path model = folder.resolve("model");
    base.write(model);
    Mutant mutant;
    if (draw.once(12)) {
      mutant = file(draw, base, model);
    } else if (base.gguf()) {
      mutant = GgufMutations.write(draw, model.resolve("model.gguf"));
    } else {
      mutant =
          switch (draw.below(10)) {
            case 0, 1, 2, 3 -> ConfigMutations.write(draw, model.resolve("config.json"));
            case 4, 5, 6 -> TensorMutations.write(draw, model.resolve("model.safetensors"));
            default -> TokenizerMutations.write(draw, model.resolve("tokenizer.json"));
          };
    }
    return mutant.of(base.name());
  }

  private static Mutant file(Draw draw, ModelBases.Base base, Path model) throws IOException {
    String name =
        draw.of(
            base.files().keySet().stream()
                .filter(one -> !one.equals("tokenizer_config.json"))
                .sorted()
                .toList());
    Path file = model.resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    String what =
        draw.of(
            "missing", "empty", "a folder", "a pipe", "an LFS pointer", "half", "zeros", "noise");
    switch (what) {
      case "empty" -> Files.write(file, new byte[0]);
      case "a folder" -> Files.createDirectory(file);
      case "a pipe" -> SpecMutations.pipe(file);
      case "an LFS pointer" -> Files.writeString(file, POINTER);
      case "half" -> Files.write(file, Arrays.copyOf(content, content.length / 2));
      case "zeros" -> Files.write(file, new byte[content.length]);
      case "noise" -> {
        byte[] noise = new byte[Math.min(content.length, 2000)];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) draw.below(256);
        }
        Files.write(file, noise);
      }
      default -> {}
    }
    return new Mutant(name + " is " + what, Expected.REFUSED, quoted(name) + "|model: ");
  }

  private static String quoted(String name) {
    return name.replace(".", "\\.");
  }

  /** A byte of a file with a flipped bit, where any outcome but a crash is legal. */
  static Mutant flipped(Draw draw, Path file, int before) throws IOException {
    byte[] content = Files.readAllBytes(file);
    int place = draw.below(Math.min(before, content.length));
    content[place] ^= (byte) (1 << draw.below(8));
    Files.write(file, content);
    return new Mutant(
        "bit of byte " + place + " of " + file.getFileName() + " flipped",
        Expected.ANY,
        quoted(String.valueOf(file.getFileName())) + "|config\\.json|spec\\.yaml:\\d+:\\d+");
  }

  /** Text of a file. */
  static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Override
  public Verdict judge(Mutant mutant, Path folder, WorkerProcess program) throws IOException {
    WorkerProcess.Ended ended = run(folder, mutant.subject().endsWith(".gguf"), program);
    Optional<Verdict> failure = Judge.failure(ended);
    if (failure.isPresent()) {
      return failure.get();
    }
    if (ended.exitCode() != 0) {
      // Weights can be such that the numbers are not finite; the cell then says so.
      boolean diverged = ended.text().contains("diverged");
      return mutant.expected() == Expected.SAME
          ? Judge.verdict(Outcome.NEEDLESS, ended)
          : diverged ? Judge.verdict(Outcome.REFUSED, ended) : Judge.refusal(ended, mutant.place());
    }
    boolean same = items(folder).equals(numbers.get(mutant.subject()));
    return switch (mutant.expected()) {
      case ANY -> Judge.verdict(same ? Outcome.UNCHANGED : Outcome.LEGAL, ended);
      case SAME, REFUSED_OR_SAME -> Judge.verdict(same ? Outcome.UNCHANGED : Outcome.SILENT, ended);
      default -> {
        Verdict silent = Judge.verdict(Outcome.SILENT, ended);
        yield new Verdict(
            Outcome.SILENT, (same ? "same numbers; " : "other numbers; ") + silent.detail());
      }
    };
  }
}
