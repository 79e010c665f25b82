/** Where things stand in a figure. */
@NullMarked
package org.trimtab.report.figure;

import org.jspecify.annotations.NullMarked;
