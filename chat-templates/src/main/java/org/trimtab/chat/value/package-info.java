/**
 * The values of a chat template, with Python's types and operators. Nothing here mutates a value
 * but a namespace.
 */
@NullMarked
package org.trimtab.chat.value;

import org.jspecify.annotations.NullMarked;
