/** Running a plan: runner, journal, resume, progress and the exports made from journals. */
@NullMarked
package org.trimtab.run;

import org.jspecify.annotations.NullMarked;
