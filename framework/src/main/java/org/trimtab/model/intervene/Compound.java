package org.trimtab.model.intervene;

import java.util.List;

/** An intervention that consists of others, which it closes. */
interface Compound extends Intervention {
  /** The others. */
  List<Intervention> parts();

  @Override
  default int lowestLayer() {
    return parts().stream().mapToInt(Intervention::lowestLayer).min().orElse(Integer.MAX_VALUE);
  }

  @Override
  default boolean positionWise() {
    return parts().stream().allMatch(Intervention::positionWise);
  }

  @Override
  default boolean keepsPast() {
    return parts().stream().allMatch(Intervention::keepsPast);
  }

  @Override
  default boolean changesLogits() {
    return parts().stream().anyMatch(Intervention::changesLogits);
  }

  @Override
  default void close() {
    parts().forEach(Intervention::close);
  }
}
