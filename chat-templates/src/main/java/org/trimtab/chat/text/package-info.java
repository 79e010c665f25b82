/**
 * Python's ways to turn values into text: repr, JSON, printf and brace formats, dates, string
 * algorithms.
 */
@NullMarked
package org.trimtab.chat.text;

import org.jspecify.annotations.NullMarked;
