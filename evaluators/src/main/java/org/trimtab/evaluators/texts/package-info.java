/**
 * Texts that the model writes to prompts, kept item by item so that a report can show them beside
 * the baseline's. How good they are is for other evaluators to say.
 */
@NullMarked
package org.trimtab.evaluators.texts;

import org.jspecify.annotations.NullMarked;
