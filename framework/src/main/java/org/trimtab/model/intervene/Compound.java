package org.trimtab.model.intervene;

import java.util.List;
import java.util.OptionalLong;

/** An intervention that consists of others, which it closes. */
interface Compound extends Intervention {
  /** The others. */
  List<Intervention> parts();

  @Override
  default int lowestLayer() {
    return parts().stream().mapToInt(Intervention::lowestLayer).min().orElse(Integer.MAX_VALUE);
  }

  @Override
  default OptionalLong parameters(long oProjEntries) {
    long sum = 0;
    for (Intervention part : parts()) {
      OptionalLong own = part.parameters(oProjEntries);
      if (own.isEmpty()) {
        return own;
      }
      sum += own.getAsLong();
    }
    return OptionalLong.of(sum);
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
