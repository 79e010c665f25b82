/**
 * What the machine does while cells run: processor, memory and graphics, sampled every few seconds
 * into a file beside the cell's journal.
 */
@NullMarked
package org.trimtab.track.system;

import org.jspecify.annotations.NullMarked;
