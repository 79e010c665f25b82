/**
 * Questions put to a model, and what answers them: trials with settings of their own for every
 * question. The contract between methods that do so and evaluators that ask.
 */
@NullMarked
package org.trimtab.answer;

import org.jspecify.annotations.NullMarked;
