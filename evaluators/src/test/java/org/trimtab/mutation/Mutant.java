package org.trimtab.mutation;

import java.util.regex.Pattern;

/**
 * A mutated input.
 *
 * @param what the mutation in words
 * @param expected what it may lead to
 * @param place what a refusal must contain
 * @param subject what the mutated input is, where there are several; else empty
 */
record Mutant(String what, Expected expected, Pattern place, String subject) {
  Mutant(String what, Expected expected, String place) {
    this(what, expected, Pattern.compile(place), "");
  }

  Mutant of(String subject) {
    return new Mutant(what, expected, place, subject);
  }
}
