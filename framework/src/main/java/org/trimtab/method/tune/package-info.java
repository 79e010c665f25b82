/**
 * Tuners: what propose settings from earlier trials. Every proposal is a pure function of the
 * search space, a key of random numbers, the trial's number and the trials that it is given.
 */
@NullMarked
package org.trimtab.method.tune;

import org.jspecify.annotations.NullMarked;
