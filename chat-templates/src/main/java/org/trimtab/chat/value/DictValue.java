package org.trimtab.chat.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dict, in insertion order, which templates cannot change. */
public final class DictValue implements Value {
  /**
   * A key with its value.
   *
   * @param key as it was first given
   * @param value what it maps to
   */
  public record Entry(Value key, Value value) {
    /** The pair as a tuple. */
    public TupleValue tuple() {
      return new TupleValue(List.of(key, value));
    }
  }

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /** Creates a dict; a later entry replaces the value of an equal earlier key. */
  public DictValue(Collection<Entry> pairs) {
    for (Entry pair : pairs) {
      Object key = Equality.key(pair.key());
      Entry known = entries.get(key);
      entries.put(key, known == null ? pair : new Entry(known.key(), pair.value()));
    }
  }

  /** The value of a key, or null. Fails for keys that cannot be hashed. */
  public @Nullable Value get(Value key) {
    Entry entry = entries.get(Equality.key(key));
    return entry == null ? null : entry.value();
  }

  /** The entries in order. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  /** The number of entries. */
  public int size() {
    return entries.size();
  }

  @Override
  public String typeName() {
    return "dict";
  }
}
