package org.trimtab.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The meaning of a key of the spec. Its name is the record component's in snake case ({@code
 * hiddenState} is {@code hidden_state}). A key without a default is required, unless its component
 * is nullable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** The meaning, one sentence without a full stop; messages and the JSON schema show it. */
  String value();

  /** The default as YAML text; empty for none. */
  String defaultValue() default "";

  /** The other keys of which one replaces this one: it is required if none of them is there. */
  String[] unless() default {};

  /** The smallest number allowed. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest number allowed. */
  double max() default Double.POSITIVE_INFINITY;

  /** The regular expression that a text must match; empty for any. */
  String pattern() default "";

  /** The meaning of {@link #pattern}, in words that follow "expected". */
  String patternMeaning() default "";
}
