/**
 * The report of a spec as files: every table with a sidecar that says which cells and journals its
 * numbers are of, figures, and an index. Made from journals alone, so that it can be made again.
 */
@NullMarked
package org.trimtab.report.folder;

import org.jspecify.annotations.NullMarked;
