/**
 * Graders of short answers: containment, and judges that are language models. Judges can be
 * compared with manual labels.
 */
@NullMarked
package org.trimtab.evaluate.grade;

import org.jspecify.annotations.NullMarked;
