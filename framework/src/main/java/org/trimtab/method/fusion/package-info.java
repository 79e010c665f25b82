/**
 * Fusion steering (arXiv 2505.22572): block outputs pulled towards those of the gold answer, with
 * strengths tuned for each question by trials. Its controls answer by trials too.
 */
@NullMarked
package org.trimtab.method.fusion;

import org.jspecify.annotations.NullMarked;
