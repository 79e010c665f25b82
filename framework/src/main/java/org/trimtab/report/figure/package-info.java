/**
 * Figures of a report: their content follows from tables, their appearance from one style. SVG for
 * papers, PNG for screens, the same bytes from the same journals on the same machine.
 */
@NullMarked
package org.trimtab.report.figure;

import org.jspecify.annotations.NullMarked;
