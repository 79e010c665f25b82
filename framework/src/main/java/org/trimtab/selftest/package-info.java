/**
 * Checks that a user can run: they compare this program with results of reference implementations.
 */
@NullMarked
package org.trimtab.selftest;

import org.jspecify.annotations.NullMarked;
