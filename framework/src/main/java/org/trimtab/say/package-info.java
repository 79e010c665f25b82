/**
 * What the model says without and with a cell's intervention: texts side by side, what they differ
 * in, and dialogues. Nothing that it computes becomes a result.
 */
@NullMarked
package org.trimtab.say;

import org.jspecify.annotations.NullMarked;
