package org.trimtab.plan;

import java.util.function.BooleanSupplier;

/**
 * What a plan must know of a model.
 *
 * @param name its name in the spec
 * @param layers L, the number of blocks
 * @param hiddenSize D, the width of the residual stream
 * @param oProjInputSize A, the width of the concatenated head outputs
 * @param weightsSha256 SHA-256 (hex) of the weights
 * @param tokenizerSha256 SHA-256 (hex) of everything that decides token ids
 * @param chatTemplate whether it has a chat template; asked only where a spec needs one
 */
public record ModelFacts(
    String name,
    int layers,
    int hiddenSize,
    int oProjInputSize,
    String weightsSha256,
    String tokenizerSha256,
    BooleanSupplier chatTemplate) {}
