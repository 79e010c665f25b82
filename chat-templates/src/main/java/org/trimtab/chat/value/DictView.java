package org.trimtab.chat.value;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict return.
 *
 * @param dict the dict
 * @param part which part of its entries
 */
public record DictView(DictValue dict, Part part) implements Value {
  /** The part of the entries that a view shows. */
  public enum Part {
    KEYS,
    VALUES,
    ITEMS
  }

  /** The elements in order. */
  public List<Value> items() {
    return dict.entries().stream()
        .map(
            entry ->
                switch (part) {
                  case KEYS -> entry.key();
                  case VALUES -> entry.value();
                  case ITEMS -> (Value) entry.tuple();
                })
        .toList();
  }

  @Override
  public String typeName() {
    return switch (part) {
      case KEYS -> "dict_keys";
      case VALUES -> "dict_values";
      case ITEMS -> "dict_items";
    };
  }
}
