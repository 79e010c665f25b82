/**
 * Computes every number of a report again, from item scores upward, and says which differ: metrics
 * in journals that do not follow from their items, and files that do not follow from journals.
 */
@NullMarked
package org.trimtab.report.verify;

import org.jspecify.annotations.NullMarked;
