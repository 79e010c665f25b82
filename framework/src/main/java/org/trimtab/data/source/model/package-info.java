/**
 * Finds models by short name, path or name on the hub. Files, hashes and downloads are handled by
 * the package above.
 */
@NullMarked
package org.trimtab.data.source.model;

import org.jspecify.annotations.NullMarked;
