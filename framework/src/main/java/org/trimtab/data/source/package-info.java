/** Sources of files: data sets, the cache folder, downloads and their hashes. */
@NullMarked
package org.trimtab.data.source;

import org.jspecify.annotations.NullMarked;
