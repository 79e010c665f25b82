package org.trimtab.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.Release;
import org.trimtab.export.Changes.RankOne;
import org.trimtab.io.Json;
import org.trimtab.method.adapter.Variant;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.plan.Cell;
import org.trimtab.report.ResultTable;
import org.trimtab.report.paper.MarkdownTable;
import org.trimtab.report.paper.PaperTables;
import org.trimtab.report.paper.TableNotes;

/** The README.md of an export: what it is, how to load and undo it, what was measured. */
final class ModelCard {
  private final StringBuilder text = new StringBuilder();

  private ModelCard() {}

  /**
   * What a card says.
   *
   * @param gguf whether the base model is a GGUF file
   * @param check the result of reading back, a sentence
   * @param hashes SHA-256 of the export's files by name
   * @param commands the commands that make it again
   */
  record Content(
      BaseModel base,
      boolean gguf,
      Cell cell,
      Form form,
      Changes changes,
      String rounding,
      String check,
      ResultTable table,
      Map<String, String> hashes,
      List<String> commands) {}

  static String of(Content content) {
    ModelCard card = new ModelCard();
    card.header(content);
    card.formula(content);
    card.line("## Loading").line("").line("```").line(loading(content)).line("```").line("");
    if (content.gguf()
        && (content.form() == Form.LORA
            || content.form() == Form.STEERED
            || content.form() == Form.ADAPTER)) {
      card.line("BASE is the base model in the hub's layout: --as weights of the baseline's cell.");
      card.line("");
    }
    card.line("## Check").line("").line(content.rounding()).line(content.check()).line("");
    card.table(content.table());
    card.hashes(content);
    card.line("## Commands").line("").line("```");
    content.commands().forEach(card::line);
    card.line("```");
    return card.text.toString();
  }

  private ModelCard line(String line) {
    text.append(line).append('\n');
    return this;
  }

  private void header(Content content) {
    String licence = content.base().licence();
    line("---");
    line("base_model: " + Json.line(content.base().name()));
    if (licence != null) {
      line("license: " + (licence.contains(" ") ? "other" : licence.toLowerCase(Locale.ROOT)));
      if (licence.contains(" ")) {
        line("license_name: " + licence);
      }
    }
    switch (content.form()) {
      case WEIGHTS, STEERED, ADAPTER -> line("library_name: transformers");
      case LORA -> line("library_name: peft");
      default -> line("library_name: gguf");
    }
    line("tags: [steering, " + content.cell().method() + ", trimtab]");
    line("---");
    line("");
    line("# " + content.table().name() + ": " + content.cell().label());
    line("");
    line(
        ("%s, steered by the method %s as a cell of the spec %s (cell %s, id %s), written as"
                    + " %s by Trimtab ")
                .formatted(
                    content.base().name(),
                    content.cell().method(),
                    content.table().name(),
                    content.cell().index(),
                    content.cell().id(),
                    content.form())
            + Release.version()
            + ".");
    line(
        licence == null
            ? "The base model's files do not state a licence; its licence holds for this, too."
            : "The base model's licence holds for this, too: " + licence + ".");
    line("");
  }

  private void formula(Content content) {
    Changes changes = content.changes();
    line("## What was changed").line("");
    if (changes.none()) {
      line("Nothing: these are the base model's weights in another form.");
    }
    if (!changes.edits().isEmpty()) {
      line("o_proj (W, [D, A]; d of length 1) in blocks " + changes.edits().keySet() + ":")
          .line("");
      RankOne first = changes.edits().values().iterator().next().get(0);
      boolean output = first.side() == OProjEdit.Side.OUTPUT;
      line("    W' = W + k " + (output ? "d (d^T W)" : "(W d) d^T"));
      line("");
      line(
          "d and k of each block are in trimtab/changes.safetensors; k of the first is "
              + first.factor()
              + ".");
      line(undoing(content, first.factor(), output));
    }
    if (!changes.vectors().isEmpty()) {
      line(
          "A vector (trimtab/changes.safetensors) is added to the output of blocks "
              + changes.vectors().keySet()
              + " at all positions. To undo it, "
              + (content.form() == Form.WEIGHTS
                  ? "subtract it from the biases of down_proj."
                  : "load the base model alone."));
    }
    AdapterFile adapter = changes.adapter();
    if (adapter != null) {
      line(
          (adapter.variant() == Variant.GATED
                  ? "The final hidden state h, after the final norm, becomes h + (sigmoid(h gate^T) *"
                      + " (h up^T)) down^T before it is unembedded."
                  : "The final hidden state h, after the final norm, becomes h + (h down^T) up^T before"
                      + " it is unembedded.")
              + (content.form().wholeModel()
                  ? " It is merged into the unembedding, W' = W + (W up) down; to undo it, subtract"
                      + " that, or load the base model."
                  : " To undo it, load the base model alone."));
      if (adapter.released()) {
        line(
            "As in the code released with the paper, the final norm is applied twice and the"
                + " embedding is the unembedding: the numbers are those of this code, not of the"
                + " model.");
      }
    }
    if (content.cell().training() != null && content.cell().training().folds() > 1) {
      line(
          "It was learned in %s %d of %d; the table below merges all of them."
              .formatted(
                  content.cell().training().overlapping() ? "split" : "fold",
                  content.cell().training().fold() + 1,
                  content.cell().training().folds()));
    }
    line("");
  }

  private static String undoing(Content content, double factor, boolean output) {
    if (!content.form().wholeModel()) {
      return "To undo it, load the base model alone.";
    }
    boolean several = content.changes().edits().values().stream().anyMatch(own -> own.size() > 1);
    if (content.changes().rescaled()) {
      return "The columns of W' then get the length that they had in W. Only the base model's weights"
          + " undo that.";
    }
    if (factor == -1) {
      return "This removes the component along d, which only the base model's weights bring back.";
    }
    return "To undo it, but for rounding: W = W' - k / (1 + k) "
        + (output ? "d (d^T W')" : "(W' d) d^T")
        + (several ? ", the last edit of a block first." : ".");
  }

  private static String loading(Content content) {
    String base = content.gguf() ? "BASE" : content.base().name();
    return switch (content.form()) {
      case WEIGHTS ->
          """
          from transformers import AutoModelForCausalLM, AutoTokenizer
          model = AutoModelForCausalLM.from_pretrained("DIR")
          tokenizer = AutoTokenizer.from_pretrained("DIR")""";
      case GGUF -> "llama-cli --model DIR/" + EditedModel.GGUF;
      case LORA ->
          """
          from peft import PeftModel
          from transformers import AutoModelForCausalLM
          model = AutoModelForCausalLM.from_pretrained("%s")
          model = PeftModel.from_pretrained(model, "DIR")"""
              .formatted(base);
      case LORA_GGUF -> "llama-cli --model BASE.gguf --lora DIR/" + Additions.LORA;
      case CONTROL_VECTOR ->
          "llama-cli --model BASE.gguf --control-vector DIR/" + Additions.CONTROL_VECTOR;
      case ADAPTER ->
          """
          import torch
          from safetensors.torch import load_file
          from transformers import AutoModelForCausalLM
          model = AutoModelForCausalLM.from_pretrained("%s")
          t = load_file("DIR/adapter.safetensors")
          def adapted(norm, inputs, h):
              if "gate.weight" in t:
                  inner = torch.sigmoid(h @ t["gate.weight"].T) * (h @ t["up.weight"].T)
                  return h + inner @ t["down.weight"].T
              return h + h @ t["down.weight"].T @ t["up.weight"].T
          model.model.norm.register_forward_hook(adapted)"""
              .formatted(base);
      case STEERED ->
          "lm_eval --model steered --model_args pretrained=%s,steer_path=DIR/%s"
              .formatted(base, Additions.STEERED);
    };
  }

  private void table(ResultTable table) {
    line("## Results").line("").line(MarkdownTable.escaped(table.question())).line("");
    text.append(MarkdownTable.of(PaperTables.values(table.name(), table.question(), table)));
    line("");
    TableNotes.of(table, true).forEach(note -> line("* " + MarkdownTable.escaped(note)));
    line("");
  }

  private void hashes(Content content) {
    line("## Hashes").line("").line("| file | SHA-256 |").line("| :-- | :-- |");
    content.base().files().forEach((name, hash) -> line("| base: " + name + " | " + hash + " |"));
    content.hashes().forEach((name, hash) -> line("| " + name + " | " + hash + " |"));
    line("");
  }

  /** The layers as a text, for one line on a terminal. */
  static String summary(Changes changes) {
    if (changes.none()) {
      return "nothing changed";
    }
    String edits =
        changes.edits().isEmpty() ? "" : "o_proj of blocks " + blocks(changes.edits().keySet());
    String vectors =
        changes.vectors().isEmpty()
            ? ""
            : "vectors at the output of blocks " + blocks(changes.vectors().keySet());
    String adapter = changes.adapter() == null ? "" : "an adapter on the final hidden state";
    return Stream.of(edits, vectors, adapter)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String blocks(Set<Integer> layers) {
    return layers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
