/**
 * What a cell's direction is: which tokens it writes, how well it separates lines that it was not
 * learned from, which heads write along it. Numbers that were read from a model as texts, tables
 * and figures, and the statistics that follow from scores of lines alone.
 */
@NullMarked
package org.trimtab.report.reading;

import org.jspecify.annotations.NullMarked;
