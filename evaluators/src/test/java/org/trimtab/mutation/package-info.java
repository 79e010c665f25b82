/**
 * Mutated inputs of the whole program: what is damaged is refused by name, and nothing is silently
 * wrong. docs/reliability.md has the counts.
 */
@NullMarked
package org.trimtab.mutation;

import org.jspecify.annotations.NullMarked;
