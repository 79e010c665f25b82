package org.trimtab.model.family;

import org.jspecify.annotations.Nullable;

/** Mistral: Llama with a sliding window in every layer. GGUF files call it llama. */
final class Mistral extends Family {
  Mistral() {
    super("mistral");
  }

  @Override
  @Nullable String architecture() {
    return null;
  }

  @Override
  int keyValueHeads(int heads) {
    return 8;
  }

  @Override
  boolean slides(HubConfig file, int layer) {
    return true;
  }
}
