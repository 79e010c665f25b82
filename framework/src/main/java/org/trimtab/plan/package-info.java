/** The plan of a spec: the list of cells, with their identity, before anything runs. */
@NullMarked
package org.trimtab.plan;

import org.jspecify.annotations.NullMarked;
