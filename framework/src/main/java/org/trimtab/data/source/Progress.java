package org.trimtab.data.source;

import java.util.OptionalLong;

/**
 * Told what a long step is doing: downloads and hashes. Called often, from the thread that does the
 * work; an implementation that prints decides how often.
 */
public interface Progress {
  /** Says nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advance(String what, long bytes, OptionalLong total) {}

        @Override
        public void note(String message) {}
      };

  /**
   * A step has come this far.
   *
   * @param what what is under way: a file's name, or {@code sha256 of <file name>}
   * @param bytes bytes done, those of an earlier, interrupted attempt included
   * @param total bytes in all, when known; the step is done when {@code bytes} reaches it
   */
  void advance(String what, long bytes, OptionalLong total);

  /** Something worth one line: a source that failed and the one tried next, a wait for a lock. */
  void note(String message);
}
