/**
 * An MLflow server on this machine that shows results: installed, started, found and stopped. It
 * writes to results/mlflow alone, and nothing that runs depends on it.
 */
@NullMarked
package org.trimtab.track.server;

import org.jspecify.annotations.NullMarked;
