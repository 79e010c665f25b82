/**
 * Questions and their answers, found by trials with settings per question. The contract between
 * methods that answer and evaluators that ask.
 */
@NullMarked
package org.trimtab.evaluate.answer;

import org.jspecify.annotations.NullMarked;
