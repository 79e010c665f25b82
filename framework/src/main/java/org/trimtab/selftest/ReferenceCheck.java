package org.trimtab.selftest;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.trimtab.UserException;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.io.Json;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.weights.TensorInfo;
import org.trimtab.model.weights.WeightFile;
import org.trimtab.model.weights.WeightFiles;

/**
 * Compares a real model with results of transformers in a file: token ids, rendered prompts,
 * next-token log-probabilities, greedy answers, dequantised weights. A file may hold only some of
 * these.
 */
public final class ReferenceCheck {
  private static final double LOG_PROBABILITY = 1e-3;
  private final ReferenceFile file;
  private final JsonNode reference;
  private final LanguageModel model;
  private final List<Finding> findings = new ArrayList<>();

  private ReferenceCheck(ReferenceFile file, LanguageModel model) {
    this.file = file;
    this.reference = file.root();
    this.model = model;
  }

  /**
   * Makes all comparisons on the CPU in fp32.
   *
   * @param model finds the model; called after the file is read
   * @throws UserException when the file cannot be read or holds nothing to compare
   */
  public static List<Finding> run(Path file, Supplier<ResolvedModel> model) {
    ReferenceFile reference = ReferenceFile.read(file);
    List<String> parts = List.of("tokenizer", "chat_template", "logits", "greedy", "dequantised");
    if (parts.stream().noneMatch(reference.root()::has)) {
      throw new UserException(
          file + ": holds nothing to compare; expected some of " + String.join(", ", parts));
    }
    ResolvedModel resolved = model.get();
    try (LanguageModel loaded =
        LanguageModel.load(resolved.name(), resolved.path(), Device.cpu(), DataType.FLOAT32)) {
      ReferenceCheck check = new ReferenceCheck(reference, loaded);
      check.identity(resolved);
      check.tokenizer();
      check.chatTemplate();
      check.logits();
      check.greedy();
      check.weights(resolved.path());
      return check.findings;
    }
  }

  private void identity(ResolvedModel resolved) {
    if (reference.has("model_sha256")) {
      String wanted = reference.get("model_sha256").asText();
      String found = resolved.weightsSha256();
      boolean equal = wanted.equals(found);
      String note = "is " + found + "; the reference was made with " + wanted;
      findings.add(Finding.equal("model", "sha256", equal, note));
    }
  }

  private void tokenizer() {
    if (!reference.has("tokenizer")) {
      return;
    }
    List<String> unequal = new ArrayList<>();
    for (JsonNode entry : reference.get("tokenizer")) {
      String text = file.required(entry, "text").asText();
      int[] wanted = file.ids(entry, "ids");
      int[] found = model.tokenizer().encode(text, true);
      if (!Arrays.equals(found, wanted)) {
        unequal.add(
            "'" + text + "': " + Arrays.toString(found) + ", expected " + Arrays.toString(wanted));
      }
    }
    add("token ids", reference.get("tokenizer").size() + " texts", unequal);
  }

  private void chatTemplate() {
    if (!reference.has("chat_template")) {
      return;
    }
    if (model.chatTemplate() == null) {
      String note = model.name() + " has no chat template";
      findings.add(Finding.equal("chat template", "texts", false, note));
      return;
    }
    List<String> unequal = new ArrayList<>();
    for (JsonNode entry : reference.get("chat_template")) {
      List<Map<String, Object>> messages =
          Json.MAPPER.convertValue(
              file.required(entry, "messages"),
              Json.MAPPER.getTypeFactory().constructCollectionType(List.class, Map.class));
      boolean prompt = file.required(entry, "add_generation_prompt").asBoolean();
      String wanted = file.required(entry, "text").asText();
      String found = model.render(messages, prompt, Clock.system(ZoneId.systemDefault()));
      if (!found.equals(wanted)) {
        unequal.add("'" + found + "', expected '" + wanted + "'");
      }
    }
    add("chat template", reference.get("chat_template").size() + " texts", unequal);
  }

  private void logits() {
    for (JsonNode entry : reference.path("logits")) {
      String text = file.required(entry, "text").asText();
      int[] tokens = file.ids(entry, "ids");
      SequenceScores scores = SequenceScores.of(model.decoder(), tokens);
      JsonNode wanted = file.required(entry, "top_logprobs");
      int[] ids = file.ids(entry, "top_ids");
      double[] best = scores.best(ids.length);
      double largest = 0;
      for (int i = 0; i < ids.length; i++) {
        double expected = wanted.get(i).asDouble();
        largest = Math.max(largest, Math.abs(scores.next(ids[i]) - expected));
        largest = Math.max(largest, Math.abs(best[i] - expected));
      }
      String subject = ReferenceFile.subject(text);
      findings.add(
          new Finding(subject, "top " + ids.length + " next", largest, LOG_PROBABILITY, ""));
      if (entry.has("sum_logprob_of_text")) {
        double difference =
            Math.abs(scores.sum(tokens) - entry.get("sum_logprob_of_text").asDouble());
        findings.add(new Finding(subject, "sum of text", difference, LOG_PROBABILITY, ""));
      }
    }
  }

  private void greedy() {
    if (!reference.has("greedy")) {
      return;
    }
    List<String> prompts = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int close = 0;
    for (JsonNode entry : reference.get("greedy")) {
      String problem = file.required(entry, "problem").asText();
      int[] prompt = file.ids(entry, "prompt_ids");
      int[] rendered = model.tokenizer().encode(model.userPrompt(problem), false);
      if (!Arrays.equals(prompt, rendered)) {
        prompts.add("'" + problem + "': " + Arrays.toString(rendered));
      }
      int[] wanted = file.ids(entry, "greedy_ids");
      int[] found = generate(prompt, wanted.length);
      int decided = file.decided(entry);
      close += decided < wanted.length ? 1 : 0;
      int same = Arrays.mismatch(found, wanted);
      if (same >= 0 && same < decided) {
        answers.add(
            "'" + problem + "': token " + same + " is " + found[same] + ", not " + wanted[same]);
      }
      String text = model.tokenizer().decode(wanted, true).strip();
      if (!text.equals(file.required(entry, "text").asText().strip())) {
        texts.add("'" + text + "', expected '" + entry.get("text").asText() + "'");
      }
    }
    int count = reference.get("greedy").size();
    add("greedy", count + " prompts", prompts);
    String limit = close == 0 ? "" : " (" + close + " up to a gap below 1e-3)";
    add("greedy", count + " answers" + limit, answers);
    add("greedy", count + " decoded texts", texts);
  }

  private int[] generate(int[] prompt, int length) {
    List<Generator.Prompt> prompts = List.of(new Generator.Prompt(prompt, Intervention.NONE));
    return new Generator(model.decoder()).greedy(prompts, length, Set.of()).get(0);
  }

  private void weights(Path path) {
    if (!reference.has("dequantised")) {
      return;
    }
    if (Files.isDirectory(path)) {
      String note = "the reference names tensors of a GGUF file, and " + path + " is a folder";
      findings.add(Finding.equal("weights", "dequantised", false, note));
      return;
    }
    try (WeightFile weights = WeightFiles.open(path)) {
      for (JsonNode entry : reference.get("dequantised")) {
        findings.add(DequantisedValues.compare(entry, weights));
      }
    }
  }

  private void add(String subject, String kind, List<String> unequal) {
    String note = unequal.size() + " unequal:\n  " + String.join("\n  ", unequal);
    findings.add(Finding.equal(subject, kind, unequal.isEmpty(), note));
  }

  /** Compares a dequantised tensor with its first and last values and its sums. */
  static final class DequantisedValues {
    /** Sums in double precision differ only by the order of additions. */
    private static final double SUM = 1e-9;

    private static final int CHUNK = 1 << 16;

    private DequantisedValues() {}

    static Finding compare(JsonNode entry, WeightFile weights) {
      String name = entry.path("tensor").asText();
      TensorInfo info = weights.info(name);
      List<String> unequal = new ArrayList<>();
      List<Long> shape =
          StreamSupport.stream(entry.path("shape_row_major").spliterator(), false)
              .map(JsonNode::asLong)
              .toList();
      if (!info.shape().equals(shape)) {
        unequal.add("shape " + info.shape() + ", expected " + shape);
      } else {
        values(entry, weights, name, info.count(), unequal);
      }
      String kind = info.count() + " values";
      return Finding.equal(name, kind, unequal.isEmpty(), String.join("; ", unequal));
    }

    private static void values(
        JsonNode entry, WeightFile weights, String name, long count, List<String> unequal) {
      JsonNode first = entry.path("first8");
      JsonNode last = entry.path("last8");
      double sum = 0;
      double squares = 0;
      for (long at = 0; at < count; at += CHUNK) {
        float[] values = new float[(int) Math.min(CHUNK, count - at)];
        weights.read(name, at, FloatBuffer.wrap(values));
        for (int i = 0; i < values.length; i++) {
          long index = at + i;
          long fromLast = index - (count - last.size());
          check(first, index, index, values[i], unequal);
          check(last, fromLast, index, values[i], unequal);
          sum += values[i];
          squares += (double) values[i] * values[i];
        }
      }
      total(entry, "sum", sum, squares, unequal);
      total(entry, "sum_of_squares", squares, squares, unequal);
    }

    private static void check(
        JsonNode wanted, long place, long index, float found, List<String> unequal) {
      if (place >= 0 && place < wanted.size()) {
        float expected = (float) wanted.get((int) place).asDouble();
        if (Float.floatToRawIntBits(found) != Float.floatToRawIntBits(expected)) {
          unequal.add("value " + index + " is " + found + ", expected " + expected);
        }
      }
    }

    private static void total(
        JsonNode entry, String key, double found, double scale, List<String> unequal) {
      if (entry.has(key)) {
        double wanted = entry.get(key).asDouble();
        if (!(Math.abs(found - wanted) <= SUM * Math.max(1, scale))) {
          unequal.add(key + " is " + found + ", expected " + wanted);
        }
      }
    }
  }
}
