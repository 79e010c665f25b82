/**
 * The families of models, one file each, and the architecture read from config.json or from a GGUF
 * file's metadata. A new family is a file and a line in {@link org.trimtab.model.family.Families}.
 */
@NullMarked
package org.trimtab.model.family;

import org.jspecify.annotations.NullMarked;
