package org.trimtab.world.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.trimtab.model.Decoder;
import org.trimtab.model.HubWriter;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.Pass;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.kernel.AdamW;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.model.tokenize.Tokenizers;
import org.trimtab.world.Corpus;
import org.trimtab.world.Corpus.Stage;

/**
 * Trains the world's model from its documents with the gradients of the decoder that runs it.
 * Document i of step s is document s x documents + i of the corpus, also after resuming.
 */
public final class WorldTraining {
  private static final int VOCABULARY = 1000;
  private static final int VOCABULARY_DOCUMENTS = 4000;
  private static final double BETA2 = 0.95;
  private static final double DECAY = 0.1;
  private static final double CLIP = 1;
  private static final int CHECKPOINT_STEPS = 100;
  private static final int LOSS_STEPS = 20;

  private final Corpus corpus;
  private final long seed;
  private final Schedule schedule;
  private final Path folder;

  /** Watches a training. */
  public interface Watcher {
    /** Called at the start and after each step with the number of steps done and the loss. */
    void step(int done, int steps, float loss);
  }

  /**
   * Plans a training.
   *
   * @param corpus the documents
   * @param seed of the initial weights
   * @param folder where the model is written; holds a checkpoint until the training ends
   */
  public WorldTraining(Corpus corpus, long seed, Schedule schedule, Path folder) {
    this.corpus = corpus;
    this.seed = seed;
    this.schedule = schedule;
    this.folder = folder;
  }

  /**
   * Trains to the end, from the checkpoint if there is one.
   *
   * @param stop asked after every step; when true a checkpoint is written and the training ends
   * @return the loss of every step: weighted mean negative log-likelihood of a token, in nats
   */
  public float[] run(Watcher watcher, BooleanSupplier stop) {
    return Devices.onOneThread(() -> train(watcher, stop));
  }

  private float[] train(Watcher watcher, BooleanSupplier stop) {
    writeTokenizer();
    Path weights = folder.resolve("model.safetensors");
    Path checkpointFile = folder.resolve("checkpoint.safetensors");
    if (!Files.exists(checkpointFile)) {
      architecture().writeInitial(weights, seed);
    }
    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder);
        Decoder loaded = ModelLoader.load(folder, Device.cpu(), DataType.FLOAT32)) {
      Decoder decoder = loaded.forGradients();
      Map<String, NDArray> trained = decoder.weights().named();
      try (AdamW optimiser =
          new AdamW(decoder.manager(), List.copyOf(trained.values()), BETA2, DECAY, CLIP)) {
        Checkpoint checkpoint = new Checkpoint(checkpointFile, trained, optimiser);
        float[] losses = checkpoint.read(settings());
        int done = losses.length;
        watcher.step(done, schedule.steps(), done == 0 ? Float.NaN : losses[done - 1]);
        losses = Arrays.copyOf(losses, schedule.steps());
        for (int step = done; step < schedule.steps(); step++) {
          losses[step] = learn(decoder, optimiser, batch(tokenizer, step), schedule.rate(step));
          watcher.step(step + 1, schedule.steps(), losses[step]);
          boolean stopped = stop.getAsBoolean();
          if (stopped || (step + 1) % CHECKPOINT_STEPS == 0) {
            checkpoint.write(settings(), Arrays.copyOf(losses, step + 1));
          }
          if (stopped) {
            return Arrays.copyOf(losses, step + 1);
          }
        }
        HubWriter.write(decoder, weights);
        delete(checkpointFile);
        return losses;
      }
    }
  }

  /**
   * Writes means over twenty steps as CSV: step (the last of its group) and loss (nats per token).
   */
  public static void writeLosses(float[] losses, Path file) {
    StringBuilder text = new StringBuilder("step,loss\n");
    for (int from = 0; from < losses.length; from += LOSS_STEPS) {
      int to = Math.min(losses.length, from + LOSS_STEPS);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += losses[i];
      }
      text.append(String.format(Locale.ROOT, "%d,%.4f\n", to, sum / (to - from)));
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String settings() {
    return "seed " + seed + ", " + schedule + ", " + architecture();
  }

  private Architecture architecture() {
    try (Tokenizer tokenizer = Tokenizers.ofFolder(folder)) {
      return Architecture.world(tokenizer.vocabularySize());
    }
  }

  private void writeTokenizer() {
    List<String> texts =
        IntStream.range(0, VOCABULARY_DOCUMENTS)
            .mapToObj(i -> corpus.document(i, new Stage(1, 0.5, corpus.facts())))
            .toList();
    BytePairs pairs = BytePairs.learn(texts, VOCABULARY);
    write("config.json", Architecture.world(TokenizerFiles.size(pairs)).config());
    TokenizerFiles.of(pairs).forEach(this::write);
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Batch batch(Tokenizer tokenizer, int step) {
    Stage stage = schedule.stage(step);
    long first = (long) step * schedule.documents();
    return Batch.of(
        tokenizer,
        LongStream.range(first, first + schedule.documents())
            .mapToObj(index -> corpus.document(index, stage))
            .toList());
  }

  private static float learn(Decoder decoder, AdamW optimiser, Batch batch, double rate) {
    float loss;
    try (NDManager scratch = decoder.manager().newSubManager();
        GradientCollector collector = Devices.engine().newGradientCollector();
        Pass pass = decoder.pass(scratch, batch.inputs(), Intervention.NONE)) {
      NDArray hidden = decoder.run(scratch, pass);
      NDArray rows = scratch.arange(0, batch.targets().length, 1, DataType.INT64);
      NDArray targets = scratch.create(batch.targets());
      NDArray weights = scratch.create(batch.weights());
      NDArray mean =
          decoder
              .logProbabilities(hidden, rows, targets)
              .mul(weights)
              .sum()
              .div(weights.sum())
              .neg();
      collector.backward(mean);
      loss = mean.getFloat();
    }
    optimiser.step(rate);
    return loss;
  }
}
