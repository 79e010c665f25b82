package org.trimtab.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a cell's fit cost. Times are no part of a cell's identity and of no file that is the same
 * for the same results.
 *
 * @param parameters the parameters that the intervention changes or adds; null if it says none
 * @param fitTokens tokens that the model read during the fit
 * @param fitSeconds wall time of the fit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CellCost(@Nullable Long parameters, long fitTokens, double fitSeconds) {}
