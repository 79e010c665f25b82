package org.trimtab.selftest;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.trimtab.UserException;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.method.fusion.ReferenceVectors;
import org.trimtab.method.fusion.Segments;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.intervene.ReferencePull;
import org.trimtab.model.intervene.ReferencePull.Mean;
import org.trimtab.spec.LayerRange;

/**
 * Compares fusion steering with results of transformers in a file: reference vectors and greedy
 * texts under growing means, up to the first step at which two logits are too close to decide.
 */
public final class FusionCheck {
  private static final double NORM = 1e-3;
  private static final String PROMPT = "Question: %s\nAnswer and explanation:";

  private final ReferenceFile file;
  private final LanguageModel model;
  private final List<Finding> findings = new ArrayList<>();

  private FusionCheck(ReferenceFile file, LanguageModel model) {
    this.file = file;
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
    JsonNode questions = reference.root().path("questions");
    if (questions.isEmpty()) {
      throw new UserException(file + ": holds nothing to compare; expected 'questions'");
    }
    ResolvedModel resolved = model.get();
    try (LanguageModel loaded =
        LanguageModel.load(resolved.name(), resolved.path(), Device.cpu(), DataType.FLOAT32)) {
      FusionCheck check = new FusionCheck(reference, loaded);
      questions.forEach(check::question);
      return check.findings;
    }
  }

  private void question(JsonNode entry) {
    String problem = file.required(entry, "problem").asText();
    String answer = file.required(entry, "answer").asText();
    String text = answer + "\n" + file.required(entry, "explanation").asText();
    String prompt = PROMPT.formatted(problem);
    // The reference was made without special tokens.
    PromptTokens tokens =
        new PromptTokens(
            model.tokenizer(), prompt + "\n", model.tokenizer().encode(prompt, false), true);
    String subject = ReferenceFile.subject(problem);
    try (NDManager scratch = model.decoder().manager().newSubManager()) {
      List<ReferenceVectors.Source> source = List.of(new ReferenceVectors.Source(tokens, text));
      NDArray reference = ReferenceVectors.of(scratch, model, source).get(0);
      norms(subject, reference, file.required(entry, "reference_norms"));
      for (Map.Entry<String, JsonNode> member : entry.properties()) {
        if (member.getValue().has("ids")) {
          List<Double> strengths = strengths(member.getKey());
          text(subject, member.getKey(), tokens.ids(), reference, strengths, member.getValue());
        }
      }
    }
  }

  private void norms(String subject, NDArray reference, JsonNode wanted) {
    float[] found = reference.norm(new int[] {1}).toFloatArray();
    double largest = found.length == wanted.size() ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(found.length, wanted.size()); i++) {
      double expected = wanted.get(i).asDouble();
      largest = Math.max(largest, Math.abs(found[i] - expected) / expected);
    }
    findings.add(new Finding(subject, "reference norms, relative", largest, NORM, ""));
  }

  /** {@code none}, {@code full 0.02} or {@code segmented 0.01 0.02 0.05}. */
  private List<Double> strengths(String kind) {
    String[] words = kind.split(" ");
    int layers = model.decoder().config().layers();
    Double[] strengths = new Double[layers];
    Arrays.fill(strengths, 0.0);
    String segments =
        switch (words[0]) {
          case "none" -> "";
          case "full" -> "full";
          case "segmented" -> "thirds";
          default -> throw new UserException(file.path() + ": unknown kind of text '" + kind + "'");
        };
    if (!segments.isEmpty()) {
      List<LayerRange> ranges = Segments.parse(segments).resolve(layers).ranges();
      for (int i = 0; i < ranges.size(); i++) {
        double strength = Double.parseDouble(words[i + 1]);
        LayerRange range = ranges.get(i);
        Arrays.fill(strengths, range.first(layers), range.last(layers) + 1, strength);
      }
    }
    return List.of(strengths);
  }

  private void text(
      String subject,
      String kind,
      int[] prompt,
      NDArray reference,
      List<Double> strengths,
      JsonNode wanted) {
    int[] expected = file.ids(wanted, "ids");
    ReferencePull pull = new ReferencePull(reference, strengths, Mean.GROWING);
    int[] found = generated(prompt, pull, expected.length);
    int decided = file.decided(wanted);
    int differs = Arrays.mismatch(found, expected);
    boolean equal = differs < 0 || differs >= decided;
    String note =
        equal
            ? decided < expected.length ? "decided for " + decided + " tokens" : ""
            : "token " + differs + " of " + Arrays.toString(found);
    findings.add(Finding.equal(subject, kind, equal, note));
  }

  private int[] generated(int[] prompt, ReferencePull pull, int length) {
    List<Generator.Prompt> prompts = List.of(new Generator.Prompt(prompt, pull));
    return new Generator(model.decoder()).greedy(prompts, length, Set.of()).get(0);
  }
}
