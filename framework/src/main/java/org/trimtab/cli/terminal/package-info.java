/** What people see while a run goes on: the progress line, colours on terminals, numbers. */
@NullMarked
package org.trimtab.cli.terminal;

import org.jspecify.annotations.NullMarked;
