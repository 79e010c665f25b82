/** Interventions, fitted and frozen: functions applied in the forward pass or to the weights. */
@NullMarked
package org.trimtab.model.intervene;

import org.jspecify.annotations.NullMarked;
