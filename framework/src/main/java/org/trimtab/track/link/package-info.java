/**
 * Addresses of pages in the MLflow UI that show a sweep. They are only text: nothing here contacts
 * a server.
 */
@NullMarked
package org.trimtab.track.link;

import org.jspecify.annotations.NullMarked;
