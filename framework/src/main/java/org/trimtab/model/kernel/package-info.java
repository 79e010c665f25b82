/**
 * The few fused tensor functions that DJL lacks, written in TorchScript, and the engine's set-up.
 * Everything that depends on TorchScript is here, so that it can be replaced in one place.
 */
@NullMarked
package org.trimtab.model.kernel;

import org.jspecify.annotations.NullMarked;
