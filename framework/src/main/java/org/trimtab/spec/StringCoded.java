package org.trimtab.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a value type that is coded as a string in the spec. Such a type has a public static method
 * {@code parse(String)} that throws {@link org.trimtab.UserException} for an invalid string, and
 * its {@code toString()} gives the canonical one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StringCoded {
  /** The expected value, with its forms: {@code a range of items such as 0-99}. */
  String as();

  /** A regular expression for all its strings, for the JSON schema. */
  String pattern();

  /** Whether a list is read as its elements joined by commas. */
  boolean list() default false;

  /** Whether a string of digits only is written as a number. */
  boolean number() default false;
}
