/**
 * Tracking: the journals of a results folder, replayed to an MLflow server any number of times, on
 * a separate thread during a run. Nothing here can stop or change a run.
 */
@NullMarked
package org.trimtab.track;

import org.jspecify.annotations.NullMarked;
