/**
 * Evaluators: what is asked, and how answers become scores. Those of a few classes are here, larger
 * ones in packages of their own.
 */
@NullMarked
package org.trimtab.evaluators;

import org.jspecify.annotations.NullMarked;
