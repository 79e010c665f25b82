/** Reports as files, of small results without a model. */
@NullMarked
package org.trimtab.report.folder;

import org.jspecify.annotations.NullMarked;
