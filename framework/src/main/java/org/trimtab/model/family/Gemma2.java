package org.trimtab.model.family;

import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Embedding;
import org.trimtab.model.family.ModelConfig.Sizes;

/** Gemma 2: soft caps, and a sliding window in every second layer. */
final class Gemma2 extends Gemma {
  Gemma2() {
    super("gemma2", 2, 46);
  }

  @Override
  double attentionSoftcap() {
    return 50;
  }

  @Override
  double logitSoftcap() {
    return 30;
  }

  @Override
  Attention attention(GgufConfig file, Sizes sizes) {
    return super.attention(file, sizes)
        .withSoftcap(file.softcap("attn_logit_softcapping", attentionSoftcap()));
  }

  @Override
  Embedding embedding(GgufConfig file, int hidden) {
    return super.embedding(file, hidden)
        .withLogitSoftcap(file.softcap("final_logit_softcapping", logitSoftcap()));
  }
}
