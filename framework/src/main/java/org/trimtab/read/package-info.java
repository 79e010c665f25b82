/**
 * Reads the direction of a cell: fits its method again and measures the direction on the model's
 * vocabulary, its heads, and lines that it was not learned from. What is read becomes a {@link
 * org.trimtab.report.reading.Reading}.
 */
@NullMarked
package org.trimtab.read;

import org.jspecify.annotations.NullMarked;
