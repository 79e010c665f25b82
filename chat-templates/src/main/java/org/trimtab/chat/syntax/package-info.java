/**
 * Lexer and parser of Jinja templates: source text to immutable syntax records. Follows jinja2 3.1.
 */
@NullMarked
package org.trimtab.chat.syntax;

import org.jspecify.annotations.NullMarked;
