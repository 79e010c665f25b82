/**
 * What every layer may need of the outside: files that appear whole, locks, hashes, waiting, and
 * numbers and tables as text.
 */
@NullMarked
package org.trimtab.io;

import org.jspecify.annotations.NullMarked;
