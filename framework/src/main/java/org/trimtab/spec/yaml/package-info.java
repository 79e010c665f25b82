/**
 * YAML as a tree in which everything has its place, with values from the command line put in.
 * Problems name file, line and column.
 */
@NullMarked
package org.trimtab.spec.yaml;

import org.jspecify.annotations.NullMarked;
