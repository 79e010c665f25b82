@NullMarked
package org.trimtab.report.reading;

import org.jspecify.annotations.NullMarked;
