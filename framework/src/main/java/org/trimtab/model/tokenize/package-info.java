/** Text to token ids and back, from a tokenizer.json or from the vocabulary inside a GGUF file. */
@NullMarked
package org.trimtab.model.tokenize;

import org.jspecify.annotations.NullMarked;
