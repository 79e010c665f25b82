/**
 * Facts with distractors: whether a model finds the true completion likelier than false ones, and
 * which facts a method wins or loses against the unmodified model.
 */
@NullMarked
package org.trimtab.evaluators.facts;

import org.jspecify.annotations.NullMarked;
