/** Answers and how they are graded. */
@NullMarked
package org.trimtab.evaluators.simpleqa;

import org.jspecify.annotations.NullMarked;
