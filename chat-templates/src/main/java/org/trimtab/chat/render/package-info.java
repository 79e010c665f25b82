/** Evaluates a parsed template: scopes, filters, tests, methods and the limits of one rendering. */
@NullMarked
package org.trimtab.chat.render;

import org.jspecify.annotations.NullMarked;
