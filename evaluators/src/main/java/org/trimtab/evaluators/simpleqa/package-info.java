/** Short questions answered in the model's own words, and graded. */
@NullMarked
package org.trimtab.evaluators.simpleqa;

import org.jspecify.annotations.NullMarked;
