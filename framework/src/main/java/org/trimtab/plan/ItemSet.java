package org.trimtab.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.StringCoded;

/**
 * A set of item ids, written as ascending inclusive ranges: {@code 0-99,105}. Ids have seven digits
 * at most. Immutable.
 */
@StringCoded(
    as = "items: a range such as 0-99, an item such as 5, or a list of them",
    pattern = "\\d{1,7}( *- *\\d{1,7})?(, *\\d{1,7}( *- *\\d{1,7})?)*",
    list = true)
public final class ItemSet {
  private static final Pattern RANGE = Pattern.compile("\\d{1,7}(\\s*-\\s*\\d{1,7})?");

  private final BitSet items;
  private @Nullable String text;

  private ItemSet(BitSet items) {
    this.items = items;
  }

  /** The set of some ids. */
  public static ItemSet of(Collection<Integer> items) {
    BitSet bits = new BitSet();
    items.forEach(bits::set);
    return new ItemSet(bits);
  }

  /** The ids from 0 to {@code count} - 1. */
  public static ItemSet first(int count) {
    BitSet bits = new BitSet();
    bits.set(0, count);
    return new ItemSet(bits);
  }

  /**
   * Reads {@code 0-99,105}; the empty text is the empty set.
   *
   * @throws UserException when the text is not of that form
   */
  @JsonCreator
  public static ItemSet parse(String text) {
    BitSet bits = new BitSet();
    if (text.isBlank()) {
      return new ItemSet(bits);
    }
    for (String part : text.split(",", -1)) {
      String range = part.strip();
      if (!RANGE.matcher(range).matches()) {
        throw new UserException("'" + text + "' is not a range of items such as 0-99 or 0-99,105");
      }
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash).strip());
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1).strip());
      if (to < from) {
        throw new UserException("'" + range + "' ends before it begins");
      }
      bits.set(from, to + 1);
    }
    return new ItemSet(bits);
  }

  /** Whether an id is in the set. */
  public boolean contains(int item) {
    return items.get(item);
  }

  /** Whether it is empty. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** The ids below a bound. */
  public ItemSet below(int bound) {
    return and(first(bound));
  }

  /** The first ids in ascending order, at most {@code count}. */
  public ItemSet lowest(int count) {
    return of(items.stream().limit(count).boxed().toList());
  }

  /** The number of ids. */
  public int size() {
    return items.cardinality();
  }

  /** The ids in ascending order. */
  public List<Integer> ids() {
    return items.stream().boxed().toList();
  }

  /** The ids that are in this set and not in the other. */
  public ItemSet minus(ItemSet other) {
    BitSet bits = (BitSet) items.clone();
    bits.andNot(other.items);
    return new ItemSet(bits);
  }

  /** The ids that satisfy a condition. */
  public ItemSet where(IntPredicate condition) {
    return of(items.stream().filter(condition).boxed().toList());
  }

  /** The ids that are in both sets. */
  public ItemSet and(ItemSet other) {
    BitSet bits = (BitSet) items.clone();
    bits.and(other.items);
    return new ItemSet(bits);
  }

  /** The canonical text. */
  @JsonValue
  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = ranges();
      text = known;
    }
    return known;
  }

  private String ranges() {
    StringBuilder ranges = new StringBuilder();
    for (int from = items.nextSetBit(0); from >= 0; ) {
      int end = items.nextClearBit(from);
      ranges.append(ranges.isEmpty() ? "" : ",").append(from);
      if (end - from > 1) {
        ranges.append('-').append(end - 1);
      }
      from = items.nextSetBit(end);
    }
    return ranges.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemSet set && set.items.equals(items);
  }

  @Override
  public int hashCode() {
    return items.hashCode();
  }
}
