/** The front door for other programs: one class that loads, fits, generates and scores. */
@NullMarked
package org.trimtab.library;

import org.jspecify.annotations.NullMarked;
