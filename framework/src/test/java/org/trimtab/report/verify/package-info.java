/** Numbers changed by hand are found, wherever they stand. */
@NullMarked
package org.trimtab.report.verify;

import org.jspecify.annotations.NullMarked;
