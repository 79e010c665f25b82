/**
 * Tracking: the journals of a results folder, replayed to an MLflow server as often as one likes,
 * on a thread of its own while a run goes on. Nothing here can stop or change a run.
 */
@NullMarked
package org.trimtab.track;

import org.jspecify.annotations.NullMarked;
