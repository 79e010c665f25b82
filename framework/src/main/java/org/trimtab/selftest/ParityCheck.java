package org.trimtab.selftest;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.TokenStates;
import org.trimtab.method.adapter.AdapterTraining;
import org.trimtab.method.adapter.AdapterTraining.Rates;
import org.trimtab.method.adapter.MarginLoss;
import org.trimtab.method.adapter.MarginLoss.Term;
import org.trimtab.method.adapter.MarginLoss.Value;
import org.trimtab.method.adapter.Variant;
import org.trimtab.method.delta.Descent;
import org.trimtab.method.delta.Example;
import org.trimtab.method.delta.Penalty;
import org.trimtab.method.delta.ProximalGradient;
import org.trimtab.method.delta.TaskLoss;
import org.trimtab.method.delta.TaskObjective;
import org.trimtab.model.Decoder;
import org.trimtab.model.Generator;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.FinalAdapter.Placement;
import org.trimtab.model.intervene.FinalAdapter.Weights;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.WeightFiles;

/**
 * Compares the decoder with expected.safetensors of a fixture folder: logits, hidden states, greedy
 * continuations, and the outputs and gradients of every kind of intervention.
 */
public final class ParityCheck implements AutoCloseable {
  private static final double FORWARD = 1e-4;
  private static final double GRADIENT = 1e-5;
  private static final int GREEDY_PROMPT = 8;
  private static final int PROXIMAL_TARGET = 4;
  private static final String TRAIN = "adapter.train";

  private final String family;
  private final Decoder decoder;
  private final MappedWeights expected;
  private final JsonNode meta;
  private final NDManager manager;
  private final List<int[]> inputs = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> read = new TreeSet<>(Set.of("input_ids"));
  private final Set<String> absent = new TreeSet<>();

  /**
   * The result for one fixture folder.
   *
   * @param family the folder's name
   * @param absent tensors that the folder lacks, so that they could not be compared
   * @param unread tensors of the folder that were not compared
   */
  public record Result(
      String family, List<Finding> findings, Set<String> absent, Set<String> unread) {
    /** Copies the collections. */
    public Result {
      findings = List.copyOf(findings);
      absent = Collections.unmodifiableSet(new TreeSet<>(absent));
      unread = Collections.unmodifiableSet(new TreeSet<>(unread));
    }

    /** Whether something was compared and all of it is within tolerance. */
    public boolean passes() {
      return !findings.isEmpty() && findings.stream().allMatch(Finding::passes);
    }
  }

  private ParityCheck(Path folder, Path model, Device device) {
    family = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    try {
      meta = Json.MAPPER.readTree(folder.resolve("meta.json").toFile());
    } catch (IOException e) {
      throw new UserException(
          folder.resolve("meta.json") + ": cannot be read (" + e.getMessage() + ")", e);
    }
    expected = WeightFiles.open(folder.resolve("expected.safetensors"));
    decoder = ModelLoader.load(model, device, DataType.FLOAT32);
    manager = decoder.manager().newSubManager();
    int length = Math.toIntExact(expected.info("input_ids").shape().get(1));
    long[] ids = expected.longs("input_ids");
    for (int row = 0; row < ids.length / length; row++) {
      long[] own = Arrays.copyOfRange(ids, row * length, (row + 1) * length);
      inputs.add(Arrays.stream(own).mapToInt(Math::toIntExact).toArray());
    }
  }

  /**
   * Runs all comparisons of one fixture folder.
   *
   * @param folder holds config.json, model.safetensors, expected.safetensors and meta.json
   * @param weights a GGUF file to use instead of the folder's weights and configuration, or null
   */
  public static Result run(Path folder, @Nullable Path weights, Device device) {
    try (ParityCheck check = new ParityCheck(folder, weights == null ? folder : weights, device)) {
      check.unmodified();
      if (check.has("edit", "edit.direction")) {
        check.edit();
      }
      if (check.has("delta", "delta.vector", "delta.targets")) {
        check.delta();
      }
      if (check.has("prox", "prox.vector")) {
        check.proximal();
      }
      if (check.has("fusion", "fusion.reference")) {
        check.fusion();
      }
      if (check.has("", "adapter.gate", "adapter.up", "adapter.down")) {
        check.adapter();
      }
      return check.result();
    }
  }

  private Result result() {
    Set<String> unread = new TreeSet<>(expected.names());
    unread.removeAll(read);
    return new Result(family, findings, absent, unread);
  }

  /** Whether the folder holds what a comparison needs: settings in meta.json, and tensors. */
  private boolean has(String settings, String... tensors) {
    boolean all = settings.isEmpty() || meta.hasNonNull(settings);
    if (!all) {
      absent.add(settings + " in meta.json");
    }
    for (String tensor : tensors) {
      all &= held(tensor);
    }
    return all;
  }

  private boolean held(String tensor) {
    boolean held = expected.names().contains(tensor);
    (held ? read : absent).add(tensor);
    return held;
  }

  private void unmodified() {
    List<Segment> segments = inputs.stream().map(Segment::of).toList();
    int layers = decoder.config().layers();
    try (Pass pass = decoder.pass(manager, segments, Intervention.NONE)) {
      NDArray embedded = decoder.embed(manager, pass);
      compare("hidden.0", embedded, FORWARD);
      NDArray output =
          decoder.blocks(
              manager,
              pass,
              embedded,
              0,
              layers,
              (layer, hidden) -> {
                if (layer < layers - 1) {
                  compare("hidden." + (layer + 1), hidden, FORWARD);
                }
              });
      NDArray last = decoder.finish(pass, output);
      compare("hidden." + layers, last, FORWARD);
      compare("logits", decoder.logits(last), FORWARD);
    }
    greedy("greedy", Intervention.NONE);
  }

  private void edit() {
    JsonNode settings = meta.get("edit");
    float[] direction = expected.floats("edit.direction");
    Map<Integer, float[]> directions = new HashMap<>();
    settings.get("layers").forEach(layer -> directions.put(layer.asInt(), direction));
    OProjEdit.Side side =
        OProjEdit.Side.valueOf(settings.path("side").asText("output").toUpperCase(Locale.ROOT));
    double factor = settings.get("factor").asDouble();
    try (OProjEdit edit = new OProjEdit(manager, directions, side, factor, false)) {
      compare("edit.logits", logits(edit), FORWARD);
      greedy("edit.greedy", edit);
    }
  }

  private void delta() {
    NDArray vector = manager.create(expected.floats("delta.vector"));
    vector.setRequiresGradient(true);
    int layer = meta.get("delta").get("layer").asInt();
    Intervention delta = new PromptEndDelta(layer, PromptEndDelta.Site.O_PROJ_INPUT, vector);
    NDArray targets = manager.create(expected.longs("delta.targets"));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray logits = lastLogits(delta);
      NDArray loss =
          logits
              .logSoftmax(-1)
              .gather(targets.reshape(new Shape(inputs.size(), 1)), 1)
              .mean()
              .neg();
      compare("delta.logits", logits, FORWARD);
      compare("delta.loss", loss, FORWARD);
      collector.backward(loss);
    }
    compare("delta.grad", vector.getGradient(), GRADIENT);
  }

  private void proximal() {
    JsonNode settings = meta.get("prox");
    int layer = settings.get("layer").asInt();
    int end = settings.get("position").asInt() + 1;
    int steps = settings.get("steps").asInt();
    List<Example> examples =
        inputs.stream()
            .map(
                tokens ->
                    Example.of(
                        Arrays.copyOf(tokens, end),
                        Arrays.copyOfRange(tokens, end, end + PROXIMAL_TARGET)))
            .toList();
    Penalty penalty =
        new Penalty(
            settings.get("l1").asDouble(),
            settings.get("group_l2").asDouble(),
            decoder.config().headSize());
    Descent descent = new Descent(steps, 0, FitWatcher.NONE);
    float[] start = new float[decoder.config().attentionWidth()];
    try (TaskLoss loss =
        TaskLoss.atPromptEnd(
            decoder,
            examples,
            TaskObjective.NLL,
            layer,
            vector -> new PromptEndDelta(layer, PromptEndDelta.Site.O_PROJ_INPUT, vector))) {
      float[] vector =
          ProximalGradient.plain(settings.get("lr").asDouble())
              .minimise(loss, penalty, start, loss.point(start), descent);
      compare("prox.losses", before(descent.losses(), steps), FORWARD);
      compare("prox.objectives", before(descent.objectives(), steps), FORWARD);
      compare("prox.vector", vector, FORWARD);
      zeros("prox.vector", vector);
    }
  }

  /** The values before each step. */
  private static float[] before(List<Double> values, int steps) {
    float[] first = new float[Math.min(steps, values.size())];
    for (int i = 0; i < first.length; i++) {
      first[i] = values.get(i).floatValue();
    }
    return first;
  }

  private void zeros(String name, float[] found) {
    float[] wanted = expected.floats(name);
    int differing = 0;
    for (int i = 0; i < wanted.length; i++) {
      differing += (found[i] == 0) == (wanted[i] == 0) ? 0 : 1;
    }
    String note = differing == 0 ? "" : differing + " entries are zero in only one of the two";
    findings.add(Finding.equal(family, "prox.zeros", differing == 0, note));
  }

  private void fusion() {
    int layers = decoder.config().layers();
    int hidden = decoder.config().hidden();
    NDArray all = manager.create(expected.floats("fusion.reference"), new Shape(layers, hidden));
    Double[] strengths = new Double[layers];
    Arrays.fill(strengths, 0.0);
    for (JsonNode layer : meta.get("fusion").get("layers")) {
      strengths[layer.asInt()] = meta.get("fusion").get("strength").asDouble();
    }
    Intervention pull = new ReferencePull(all, List.of(strengths), ReferencePull.Mean.GROWING);
    compare("fusion.logits", logits(pull), FORWARD);
    greedy("fusion.greedy", pull);
  }

  private void adapter() {
    Weights module =
        new Weights(matrix("adapter.gate"), matrix("adapter.up"), matrix("adapter.down"));
    for (Placement placement : Placement.values()) {
      Intervention adapter =
          new FinalAdapter(decoder.config().layers(), module, 1, placement, null);
      compare("adapter.logits", logits(adapter), FORWARD);
    }
    if (has(TRAIN, TRAIN + ".contexts", TRAIN + ".completions")) {
      adapterTraining(module);
    }
  }

  private void adapterTraining(Weights module) {
    int steps = meta.get(TRAIN).get("steps").asInt();
    long[] contexts = expected.longs(TRAIN + ".contexts");
    long[] completions = expected.longs(TRAIN + ".completions");
    List<Long> shape = expected.info(TRAIN + ".completions").shape();
    int count = Math.toIntExact(shape.get(0));
    List<List<int[]>> facts = new ArrayList<>();
    for (int fact = 0; fact < count; fact++) {
      List<int[]> texts = new ArrayList<>();
      for (int text = 0; text < shape.get(1); text++) {
        LongStream context = part(contexts, count, fact);
        LongStream completion = part(completions, count * shape.get(1), fact * shape.get(1) + text);
        texts.add(LongStream.concat(context, completion).mapToInt(Math::toIntExact).toArray());
      }
      facts.add(texts);
    }
    List<Term> terms =
        IntStream.range(0, count).mapToObj(fact -> new Term(fact, 1.5, 1.0 / count)).toList();
    List<Float> margins = new ArrayList<>();
    List<Float> losses = new ArrayList<>();
    try (MarginLoss loss = new MarginLoss(decoder, new TokenStates(decoder), facts, false)) {
      AdapterTraining course = new AdapterTraining(Variant.GATED, new Rates(5e-4, 0.01, 1));
      IntFunction<List<Term>> every =
          step -> {
            keep(loss.value(module, terms), losses, margins);
            return terms;
          };
      course.run(manager, loss, module, steps, every, FitWatcher.NONE);
      keep(loss.value(module, terms), losses, margins);
    }
    compare(TRAIN + ".losses", floats(losses), FORWARD);
    compare(TRAIN + ".margins", floats(margins), FORWARD);
  }

  /** One of several equal parts. */
  private static LongStream part(long[] all, long count, long index) {
    long size = all.length / count;
    return Arrays.stream(all).skip(index * size).limit(size);
  }

  private static void keep(Value value, List<Float> losses, List<Float> margins) {
    losses.add((float) value.loss());
    Arrays.stream(value.margins()).forEach(margin -> margins.add((float) margin));
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  private NDArray matrix(String name) {
    List<Long> shape = expected.info(name).shape();
    return manager.create(expected.floats(name), new Shape(shape));
  }

  private NDArray logits(Intervention intervention) {
    return run(decoder, inputs.stream().map(Segment::of).toList(), intervention);
  }

  private NDArray lastLogits(Intervention intervention) {
    List<Segment> segments = new ArrayList<>();
    for (int[] tokens : inputs) {
      segments.add(Segment.sequence(tokens, tokens.length - 1, null));
    }
    NDArray logits = run(decoder.forGradients(), segments, intervention);
    NDList last = new NDList();
    int at = -1;
    for (int[] tokens : inputs) {
      at += tokens.length;
      last.add(logits.get(new NDIndex("{}:{}", at, at + 1)));
    }
    return NDArrays.concat(last, 0);
  }

  private NDArray run(Decoder by, List<Segment> segments, Intervention intervention) {
    Pass pass = by.pass(manager, segments, intervention);
    return by.logits(intervention, by.run(manager, pass));
  }

  private void greedy(String name, Intervention intervention) {
    if (!held(name)) {
      return;
    }
    long[] wanted = expected.longs(name);
    int[] prompt = Arrays.copyOf(inputs.get(0), GREEDY_PROMPT);
    List<Generator.Prompt> prompts = List.of(new Generator.Prompt(prompt, intervention));
    int[] found = new Generator(decoder).greedy(prompts, wanted.length, Set.of()).get(0);
    boolean equal = Arrays.equals(wanted, Arrays.stream(found).asLongStream().toArray());
    String note = equal ? "" : Arrays.toString(found) + ", expected " + Arrays.toString(wanted);
    findings.add(Finding.equal(family, name, equal, note));
  }

  private void compare(String name, NDArray found, double tolerance) {
    compare(name, found.toFloatArray(), tolerance);
  }

  private void compare(String name, float[] values, double tolerance) {
    if (!held(name)) {
      return;
    }
    float[] wanted = expected.floats(name);
    double largest = values.length == wanted.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(values.length, wanted.length); i++) {
      largest = Math.max(largest, Math.abs((double) values[i] - wanted[i]));
    }
    findings.add(new Finding(family, name, largest, tolerance, ""));
  }

  @Override
  public void close() {
    manager.close();
    decoder.close();
    expected.close();
  }
}
