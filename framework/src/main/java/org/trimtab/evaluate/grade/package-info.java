/**
 * Graders of short answers: containment, and judges that are language models. Judges are checked
 * against labels by hand.
 */
@NullMarked
package org.trimtab.evaluate.grade;

import org.jspecify.annotations.NullMarked;
