/** Where files come from: data sets, the cache folder, downloads and their hashes. */
@NullMarked
package org.trimtab.source;

import org.jspecify.annotations.NullMarked;
