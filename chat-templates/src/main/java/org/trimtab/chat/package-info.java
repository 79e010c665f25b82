/**
 * Chat templates, rendered exactly as transformers renders them. What is not understood is an
 * error, never a wrong prompt.
 */
@NullMarked
package org.trimtab.chat;

import org.jspecify.annotations.NullMarked;
