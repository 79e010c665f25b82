package org.trimtab.chat.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} returns: the only value that a template can change. */
public final class NamespaceValue implements Value {
  private final Map<String, Value> attributes = new LinkedHashMap<>();

  /** Its attributes, which the template reads and writes. */
  public Map<String, Value> attributes() {
    return attributes;
  }

  @Override
  public String typeName() {
    return "Namespace";
  }

  @Override
  public String qualifiedName() {
    return "jinja2.utils.Namespace";
  }
}
