@NullMarked
package org.trimtab.read;

import org.jspecify.annotations.NullMarked;
