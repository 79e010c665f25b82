/** Rule tasks: greedy answers held against targets, and the ranks of the targets' first tokens. */
@NullMarked
package org.trimtab.evaluators.exactmatch;

import org.jspecify.annotations.NullMarked;
