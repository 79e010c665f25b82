package org.trimtab.data;

/**
 * A word or phrase and a task's output for it, such as hot and cold.
 *
 * @param index its position in the file, from 0; the item's id
 * @param prompt the input, trimmed
 * @param target the output, trimmed
 */
public record Pair(int index, String prompt, String target) {}
