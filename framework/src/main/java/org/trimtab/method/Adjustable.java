package org.trimtab.method;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.spec.LayerRange;

/**
 * What of a fit can be set anew without learning again.
 *
 * @param factor the factor on what was learned, as fitted
 * @param layers the blocks that it acts in, as fitted; null if it acts only where it was learned
 * @param application makes the intervention at other settings
 */
public record Adjustable(double factor, @Nullable LayerRange layers, Application application) {

  /** Applies what was learned. */
  @FunctionalInterface
  public interface Application {
    /**
     * An intervention of its own, which the caller closes.
     *
     * @param layers absolute numbers of blocks; null where the fit has none to choose
     * @throws UserException when nothing was learned for a block
     */
    Intervention at(double factor, @Nullable LayerRange layers);
  }

  /** A fit whose factor alone can be changed. */
  public static Adjustable factor(double factor, DoubleFunction<Intervention> application) {
    return new Adjustable(factor, null, (value, layers) -> application.apply(value));
  }
}
