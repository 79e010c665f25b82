package org.trimtab.plan;

import java.util.function.BooleanSupplier;

/**
 * The facts about a model that a plan needs.
 *
 * @param name its name in the spec
 * @param layers L, the number of blocks
 * @param hiddenSize D, the width of the residual stream
 * @param oProjInputSize A, the width of the concatenated head outputs
 * @param contextLength the number of positions that it was trained for
 * @param weightsSha256 SHA-256 (hex) of the weights
 * @param tokenizerSha256 SHA-256 (hex) of everything that determines token ids
 * @param chatTemplate whether it has a chat template; used only if a spec needs one
 */
public record ModelFacts(
    String name,
    int layers,
    int hiddenSize,
    int oProjInputSize,
    int contextLength,
    String weightsSha256,
    String tokenizerSha256,
    BooleanSupplier chatTemplate) {}
