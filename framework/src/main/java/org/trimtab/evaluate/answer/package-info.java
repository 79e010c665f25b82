/**
 * Questions put to a model, and what answers them: trials with settings of their own for every
 * question. The contract between methods that do so and evaluators that ask.
 */
@NullMarked
package org.trimtab.evaluate.answer;

import org.jspecify.annotations.NullMarked;
