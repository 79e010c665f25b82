/**
 * Reproduces earlier results: compares everything that they depend on, runs cells again and
 * compares the numbers. Works on result folders of any spec; changes nothing in them.
 */
@NullMarked
package org.trimtab.run.reproduce;

import org.jspecify.annotations.NullMarked;
