/** Opinions: how near a model's answers to survey questions are to those of a group of people. */
@NullMarked
package org.trimtab.evaluators.opinion;

import org.jspecify.annotations.NullMarked;
