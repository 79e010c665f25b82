/**
 * Basics for every package: atomic files, locks, hashes, backoff, and numbers and tables as text.
 */
@NullMarked
package org.trimtab.io;

import org.jspecify.annotations.NullMarked;
