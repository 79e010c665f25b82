package org.trimtab.chat.syntax;

import java.util.Set;

/**
 * The names that exist beside the language itself.
 *
 * @param filters the filters
 * @param tests the tests
 */
public record Dialect(Set<String> filters, Set<String> tests) {}
