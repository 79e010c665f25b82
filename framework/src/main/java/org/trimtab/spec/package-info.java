/**
 * The records that a reader of a spec gets, and the annotations and types of which settings are.
 */
@NullMarked
package org.trimtab.spec;

import org.jspecify.annotations.NullMarked;
