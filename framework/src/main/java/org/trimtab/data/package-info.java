/** The contents of data sets: typed items, read from the files that {@code data.source} finds. */
@NullMarked
package org.trimtab.data;

import org.jspecify.annotations.NullMarked;
