/**
 * Writes what a cell's intervention changes as files that other programs load: edited weights, LoRA
 * adapters, control vectors. Each export is read back and scored, and what a form cannot say
 * exactly is refused.
 */
@NullMarked
package org.trimtab.export;

import org.jspecify.annotations.NullMarked;
