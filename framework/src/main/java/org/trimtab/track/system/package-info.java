/**
 * The load of the machine while cells run: processor, memory and GPU, sampled every few seconds
 * into a file beside the cell's journal.
 */
@NullMarked
package org.trimtab.track.system;

import org.jspecify.annotations.NullMarked;
