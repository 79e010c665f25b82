/**
 * Readers for weight files: safetensors (one file or sharded) and GGUF. Every offset and length is
 * checked before use; values come out as fp32.
 */
@NullMarked
package org.trimtab.model.weights;

import org.jspecify.annotations.NullMarked;
