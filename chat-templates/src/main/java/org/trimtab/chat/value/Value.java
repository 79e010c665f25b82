package org.trimtab.chat.value;

/** A value of a template, one of Python's. */
public sealed interface Value
    permits Text,
        Int,
        Real,
        Bool,
        None,
        Undefined,
        Sequence,
        DictValue,
        DictView,
        RangeValue,
        Generator,
        NamespaceValue,
        Callable {

  /** Python's name of the type, as error messages give it: {@code str}, {@code list}, ... */
  String typeName();

  /**
   * The type's name with its module unless built in, as messages about undefined values give it.
   */
  default String qualifiedName() {
    return typeName();
  }
}
