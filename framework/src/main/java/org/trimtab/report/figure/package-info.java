/**
 * Figures of a report: what they show follows from tables, how they look from one style. SVG for
 * papers, PNG for screens, the same bytes from the same journals on the same machine.
 */
@NullMarked
package org.trimtab.report.figure;

import org.jspecify.annotations.NullMarked;
