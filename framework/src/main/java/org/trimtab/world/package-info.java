/**
 * An invented country about which everything is known: its facts with their mistakes, texts that
 * tell them in two registers, and question sets in the formats of the public ones. A small model
 * trained on those texts has a known right answer for every way of steering it.
 */
@NullMarked
package org.trimtab.world;

import org.jspecify.annotations.NullMarked;
