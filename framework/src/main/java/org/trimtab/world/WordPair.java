package org.trimtab.world;

/**
 * A word and what a rule makes of it.
 *
 * @param input the word
 * @param output the word that the rule gives
 */
public record WordPair(String input, String output) {}
