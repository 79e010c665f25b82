/**
 * What we ask of an MLflow server, each request with a deadline. MLflow's own client does what it
 * can be trusted with; creating runs and storing files is done without it.
 */
@NullMarked
package org.trimtab.track.client;

import org.jspecify.annotations.NullMarked;
