package org.trimtab.data;

/**
 * A word or phrase and what a task makes of it, such as hot and cold.
 *
 * @param index its position in the file, from 0; the item's id
 * @param prompt what is given, without white space around it
 * @param target what is wanted, without white space around it
 */
public record Pair(int index, String prompt, String target) {}
