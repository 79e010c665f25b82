/** Counter-based random numbers: every value is a pure function of its key. */
@NullMarked
package org.trimtab.plan.random;

import org.jspecify.annotations.NullMarked;
