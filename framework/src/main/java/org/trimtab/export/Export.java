package org.trimtab.export;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.export.Changes.RankOne;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Hashes;
import org.trimtab.io.ScratchFolder;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.StorageType;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.report.ResultTable;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.Workbench;
import org.trimtab.run.session.EndedCell;
import org.trimtab.run.session.Session;

/**
 * Writes the intervention of a cell into a folder, reads it back, and compares log-likelihoods of
 * the cell's items. The folder appears whole or not at all.
 */
public final class Export {
  /** Items that are scored to check an export, unless another number is asked for. */
  public static final int ITEMS = 20;

  private static final String DETAILS = "trimtab";

  private final Request request;
  private final Session session;
  private final BaseModel base;
  private final boolean gguf;

  /**
   * What is asked for.
   *
   * @param folder the results that the cell is of
   * @param table their table, for the card
   * @param cell the index of the cell
   * @param type the type of written weights; empty for the source's, or F32 if that is quantised
   * @param target the folder to write, which does not exist
   * @param items the number of items to check by
   * @param commands the commands that make it again, for the card
   */
  public record Request(
      ResultFolder folder,
      ResultTable table,
      int cell,
      Form form,
      Optional<StorageType> type,
      Path target,
      int items,
      List<String> commands) {
    /** Copies the list. */
    public Request {
      commands = List.copyOf(commands);
    }
  }

  /**
   * The result.
   *
   * @param text what happened, some lines
   * @param passed whether reading it back gave the cell's numbers as far as its precision promises
   */
  public record Outcome(String text, boolean passed) {}

  /** What was written and what its cell scores. */
  private record Written(ReadBack expected, @Nullable ReadBack found, Changes changes) {}

  private Export(Request request, Session session, SourceSettings sources) {
    this.request = request;
    this.session = session;
    this.base = BaseModel.of(session.model(), sources);
    this.gguf = !Files.isDirectory(session.model().path());
  }

  /**
   * Exports a cell.
   *
   * @param session the spec that the results are of, opened again
   * @throws UserException when the form cannot say it, or the disk refuses
   */
  public static Outcome run(Request request, Session session, SourceSettings sources) {
    return new Export(request, session, sources).run();
  }

  private Outcome run() {
    EndedCell ended = EndedCell.of(request.folder(), session, request.cell());
    checkType();
    Path target = request.target().toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new UsageException("--to " + request.target() + ": exists already; name a new folder");
    }
    Path part =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      Files.createDirectories(part.resolve(DETAILS));
      Outcome outcome = write(ended, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return outcome;
    } catch (IOException e) {
      throw new UserException(
          target + ": cannot be written (" + e.getMessage() + "); nothing of it is left", e);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path folder) {
    try {
      ScratchFolder.delete(folder);
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be deleted (" + e.getMessage() + ")", e);
    }
  }

  private void checkType() {
    if (request.type().isPresent() && !request.form().wholeModel()) {
      throw new UsageException(
          "--dtype is for --as weights and gguf; --as " + request.form() + " is written in F32");
    }
    if (request.type().equals(Optional.of(StorageType.BF16)) && request.form() == Form.GGUF) {
      throw new UsageException("--dtype bf16: --as gguf has f32 and f16");
    }
  }

  private LanguageModel load(Path path) {
    Device device = Devices.resolve(session.spec().device().text());
    return LanguageModel.load(session.spec().model(), path, device, DataType.FLOAT32);
  }

  private Outcome write(EndedCell ended, Path folder) throws IOException {
    Cell cell = ended.cell();
    Rounding rounding = new Rounding();
    Optional<String> refitted;
    Written written;
    LanguageModel model = load(session.model().path());
    try (Workbench workbench = session.workbench(model)) {
      Workbench.Fitted fitted = workbench.fit(cell, FitWatcher.NONE);
      try (Intervention intervention = fitted.intervention()) {
        refitted = ended.differs(fitted.facts());
        List<ScoringItem> items = items(cell, workbench);
        written = write(folder, intervention, items, model.decoder(), rounding);
      }
    }
    ReadBack found = written.found() == null ? again(folder, written.expected()) : written.found();
    double difference = written.expected().difference(found);
    boolean exact =
        rounding.exact() && (request.type().isEmpty() || request.type().get() == StorageType.F32);
    boolean passed = !exact || difference <= ReadBack.LIMIT;
    String check =
        String.format(
            Locale.ROOT,
            "%d items read back: the largest difference of a log-likelihood is %.2g nats%s.",
            found.items().size(),
            difference,
            exact
                ? (passed ? ", within the limit of " : ", beyond the limit of ")
                    + ReadBack.LIMIT
                    + " for F32"
                : ", which is what rounding does");
    writeDetails(folder, written);
    Map<String, String> hashes = hashes(folder);
    AtomicFile.write(
        folder.resolve("README.md"),
        ModelCard.of(
            new ModelCard.Content(
                base,
                gguf,
                cell,
                request.form(),
                written.changes(),
                rounding.text(),
                check + refitted.map(text -> " " + text).orElse(""),
                request.table(),
                hashes,
                request.commands())));
    String text =
        "%s as %s: %s.\n%s\n%s\n%s%s (%d files)"
            .formatted(
                cell.label(),
                request.form(),
                ModelCard.summary(written.changes()),
                rounding.text(),
                check,
                refitted.map(each -> each + "\n").orElse(""),
                request.target(),
                hashes.size() + 1);
    return new Outcome(text, passed);
  }

  /** The first items of the cell whose continuations are scored. */
  private List<ScoringItem> items(Cell cell, Workbench workbench) {
    List<ScoringItem> items = new ArrayList<>();
    for (PlannedEvaluation planned : cell.evaluations()) {
      for (ScoringItem item : workbench.evaluation(planned.name()).continuations()) {
        if (items.size() < request.items() && cell.scores(planned.dataset(), item.item())) {
          items.add(item);
        }
      }
      if (!items.isEmpty()) {
        return items;
      }
    }
    throw new UserException(
        "no evaluation of the spec scores continuations, by which an export is checked; add"
            + " perplexity, or another one that does, and run the spec again");
  }

  private Written write(
      Path folder,
      Intervention intervention,
      List<ScoringItem> items,
      Decoder decoder,
      Rounding rounding)
      throws IOException {
    ModelConfig config = decoder.config();
    Changes changes = Changes.of(intervention, config);
    changes.check(request.form(), config, gguf);
    ReadBack expected = ReadBack.of(decoder, items, intervention);
    if (request.form().wholeModel()) {
      EditedModel model =
          new EditedModel(session.model().path(), decoder, intervention, changes, rounding);
      if (request.form() == Form.GGUF) {
        model.writeGguf(folder, request.type().orElse(StorageType.F32));
      } else if (gguf) {
        model.writeHubFromGguf(folder, request.type().orElse(StorageType.F32));
      } else {
        model.writeHub(folder, session.model().files().keySet(), request.type());
      }
      return new Written(expected, null, changes);
    }
    try (Intervention read = addition(folder, changes, decoder)) {
      return new Written(expected, ReadBack.of(decoder, items, read), changes);
    }
  }

  /** Writes an addition to the model, and reads it. */
  private Intervention addition(Path folder, Changes changes, Decoder decoder) throws IOException {
    ModelConfig config = decoder.config();
    switch (request.form()) {
      case LORA -> {
        TensorNames names = TensorNames.hub(config.family());
        Additions.writePeft(folder, lora(changes, decoder), names, base.name());
        return Additions.readPeft(folder, names, decoder.manager(), config.layers());
      }
      case LORA_GGUF -> {
        TensorNames names = TensorNames.gguf(config.family());
        Additions.writeLoraGguf(folder, lora(changes, decoder), names, architecture(config));
        return Additions.readLoraGguf(folder, names, decoder.manager(), config.layers());
      }
      case CONTROL_VECTOR -> {
        Additions.writeControlVector(folder, changes.vectors(), architecture(config));
        return Additions.readControlVector(folder, config, decoder.manager());
      }
      case ADAPTER -> {
        Objects.requireNonNull(changes.adapter()).write(folder, base.name());
        return AdapterFile.read(folder, decoder);
      }
      default -> {
        Additions.writeSteered(folder, changes.vectors());
        return Additions.readSteered(folder, config, decoder.manager());
      }
    }
  }

  private static LowRank lora(Changes changes, Decoder decoder) {
    ModelConfig config = decoder.config();
    return LowRank.of(
        changes.edits(),
        layer -> decoder.oProjWeight(layer).toFloatArray(),
        config.hidden(),
        config.attentionWidth());
  }

  private String architecture(ModelConfig config) {
    if (gguf) {
      try (GgufFile file = GgufFile.open(session.model().path())) {
        return file.metadata().string("general.architecture").orElseThrow();
      }
    }
    return config.family().ggufArchitecture().orElseThrow();
  }

  private ReadBack again(Path folder, ReadBack expected) {
    Path path = request.form() == Form.GGUF ? folder.resolve(EditedModel.GGUF) : folder;
    try (LanguageModel model = load(path)) {
      checkTokenizer(model);
      return ReadBack.of(model.decoder(), expected.items(), Intervention.NONE);
    }
  }

  private void checkTokenizer(LanguageModel written) {
    try (Tokenizer original = LanguageModel.tokenizer(session.model().path())) {
      if (!original.sha256().equals(written.tokenizer().sha256())) {
        throw new IllegalStateException("the tokenizer that was written is another one");
      }
    }
  }

  private void writeDetails(Path folder, Written written) throws IOException {
    Path details = folder.resolve(DETAILS);
    SafetensorsWriter writer = new SafetensorsWriter();
    Changes changes = written.changes();
    changes
        .edits()
        .forEach(
            (layer, edits) -> {
              for (int i = 0; i < edits.size(); i++) {
                RankOne edit = edits.get(i);
                String name = "blocks." + layer + ".edit." + i + ".";
                long size = edit.direction().length;
                writer.floats(name + "direction", List.of(size), edit.direction());
                writer.floats(name + "factor", List.of(1L), new float[] {(float) edit.factor()});
              }
            });
    changes
        .vectors()
        .forEach(
            (layer, vector) ->
                writer.floats(
                    "blocks." + layer + ".vector", List.of((long) vector.length), vector));
    AdapterFile adapter = changes.adapter();
    if (adapter != null) {
      adapter.add(writer, "adapter.");
    }
    writer.write(details.resolve("changes.safetensors"));
    Files.copy(request.folder().specFile(), details.resolve("spec.yaml"));
    AtomicFile.write(details.resolve("check.jsonl"), written.expected().lines());
    written.expected().writeLogits(details);
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), Hashes.file(file));
      }
    }
    return hashes;
  }
}
