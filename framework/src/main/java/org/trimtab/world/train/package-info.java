/**
 * Makes the world's model: learns its vocabulary and trains its weights from the world's documents.
 * The same seed gives the same bytes on the same type of machine.
 */
@NullMarked
package org.trimtab.world.train;

import org.jspecify.annotations.NullMarked;
