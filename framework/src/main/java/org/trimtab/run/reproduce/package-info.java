/**
 * Running results again: whether everything that they depend on is the same, and whether the
 * numbers come out the same. Works on result folders of any spec; changes nothing in them.
 */
@NullMarked
package org.trimtab.run.reproduce;

import org.jspecify.annotations.NullMarked;
