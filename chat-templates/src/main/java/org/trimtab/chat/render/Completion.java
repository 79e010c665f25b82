package org.trimtab.chat.render;

/** How a statement ended. */
enum Completion {
  NORMAL,
  BREAK,
  CONTINUE
}
