/**
 * Addresses in the MLflow UI that show a sweep at once. They are text alone: nothing here asks a
 * server.
 */
@NullMarked
package org.trimtab.track.link;

import org.jspecify.annotations.NullMarked;
