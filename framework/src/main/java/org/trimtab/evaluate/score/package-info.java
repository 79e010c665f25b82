/** Log-likelihoods of continuations, with shared prefixes computed once. */
@NullMarked
package org.trimtab.evaluate.score;

import org.jspecify.annotations.NullMarked;
