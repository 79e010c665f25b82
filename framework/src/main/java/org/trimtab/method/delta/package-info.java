/**
 * Vectors learned for one site of one block, sparse by l1 and group penalties, with their
 * optimisers and baselines. Optimisers work on plain arrays; the model's part is {@code TaskLoss}.
 */
@NullMarked
package org.trimtab.method.delta;

import org.jspecify.annotations.NullMarked;
