/** Progress lines and colours on terminals. */
@NullMarked
package org.trimtab.cli.terminal;

import org.jspecify.annotations.NullMarked;
