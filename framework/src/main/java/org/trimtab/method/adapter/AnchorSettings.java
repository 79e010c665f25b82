package org.trimtab.method.adapter;

import org.jspecify.annotations.Nullable;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Facts that the model knows and is to keep knowing.
 *
 * @param dataset their data set
 * @param items which of them; null for all
 * @param margin the margin below which they add to the loss
 * @param weight the weight of their mean in the loss
 */
public record AnchorSettings(
    @Key("a data set of facts that the model knows") DatasetName dataset,
    @Key("which of them are learned with, such as 0-9; score the others; default: all")
        @Nullable ItemSet items,
    @Key(value = "the margin in nats below which they add to the loss", defaultValue = "0.1")
        double margin,
    @Key(value = "the weight of their mean in the loss", defaultValue = "2.0", min = 0)
        double weight) {}
