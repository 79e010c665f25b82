/**
 * Checks whether methods work: on a model whose truth is planted, each must find its effect and
 * each control must not.
 */
@NullMarked
package org.trimtab.selftest.calibrate;

import org.jspecify.annotations.NullMarked;
