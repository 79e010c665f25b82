/** Interventions: what is applied in the forward pass or to the weights, fitted and frozen. */
@NullMarked
package org.trimtab.model.intervene;

import org.jspecify.annotations.NullMarked;
