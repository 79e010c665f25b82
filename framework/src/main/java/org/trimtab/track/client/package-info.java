/**
 * Requests to an MLflow server, each with a deadline. MLflow's own client is used where it is
 * reliable; creating runs and storing files is done without it.
 */
@NullMarked
package org.trimtab.track.client;

import org.jspecify.annotations.NullMarked;
