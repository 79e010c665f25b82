package org.trimtab.evaluate.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One trial to answer a question.
 *
 * @param item the question's id
 * @param number 0-based
 * @param details its settings, text and values
 */
public record AnswerTrial(int item, int number, ObjectNode details) {}
