/**
 * Installs, starts, finds and stops an MLflow server for results on this machine. It writes only to
 * results/mlflow, and no run depends on it.
 */
@NullMarked
package org.trimtab.track.server;

import org.jspecify.annotations.NullMarked;
