/** An evaluator and a method of one's own, as docs/extending.md describes. */
@NullMarked
package org.example.letters;

import org.jspecify.annotations.NullMarked;
