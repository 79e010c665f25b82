package org.trimtab.export;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.trimtab.UsageException;

/** The forms in which an intervention can be written. */
public enum Form {
  /** A model folder in the hub's layout, with edited weights. */
  WEIGHTS("weights"),
  /** The model's GGUF file with edited tensors. */
  GGUF("gguf"),
  /** A LoRA adapter in PEFT's layout. */
  LORA("lora"),
  /** A LoRA adapter for llama.cpp. */
  LORA_GGUF("lora-gguf"),
  /** A control vector for llama.cpp. */
  CONTROL_VECTOR("control-vector"),
  /** The steering file of lm-eval's model type {@code steered}. */
  STEERED("steered"),
  /** The tensors of an adapter on the final hidden state, with a configuration. */
  ADAPTER("adapter");

  private final String text;

  Form(String text) {
    this.text = text;
  }

  /**
   * The form of a name.
   *
   * @throws UsageException when there is none
   */
  public static Form parse(String name) {
    return Arrays.stream(values())
        .filter(form -> form.text.equals(name))
        .findAny()
        .orElseThrow(
            () -> new UsageException("--as " + name + ": expected one of " + Form.names()));
  }

  /** All names, in one line. */
  static String names() {
    return Arrays.stream(values()).map(Form::toString).collect(Collectors.joining(", "));
  }

  /** Whether the result is a model of its own rather than an addition to one. */
  boolean wholeModel() {
    return this == WEIGHTS || this == GGUF;
  }

  @Override
  public String toString() {
    return text;
  }
}
