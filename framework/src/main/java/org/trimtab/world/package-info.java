/**
 * An invented country about which everything is known: its facts with their mistakes, texts that
 * state them in two registers, and question sets in public formats. For a small model trained on
 * these texts, the right effect of every kind of steering is known.
 */
@NullMarked
package org.trimtab.world;

import org.jspecify.annotations.NullMarked;
