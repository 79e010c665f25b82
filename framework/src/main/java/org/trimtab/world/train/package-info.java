/**
 * Trains the world's model, its vocabulary and its weights, on the world's documents. The same seed
 * gives the same bytes on the same type of machine.
 */
@NullMarked
package org.trimtab.world.train;

import org.jspecify.annotations.NullMarked;
