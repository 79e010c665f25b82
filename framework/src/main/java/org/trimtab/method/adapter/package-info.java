/**
 * The post-transformer adapter: a small module on the final hidden state, trained so that true
 * completions beat false ones. Hidden states do not depend on it, so they are computed once.
 */
@NullMarked
package org.trimtab.method.adapter;

import org.jspecify.annotations.NullMarked;
