package org.trimtab.data.source;

import java.util.OptionalLong;

/**
 * Listens to long steps: downloads and hashes. Called often, from the working thread;
 * implementations decide how often to print.
 */
public interface Progress {
  /** Does nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advance(String what, long bytes, OptionalLong total) {}

        @Override
        public void note(String message) {}
      };

  /**
   * A step has made progress.
   *
   * @param what the step: a file's name, or {@code sha256 of <file name>}
   * @param bytes bytes done, including those of an earlier, interrupted attempt
   * @param total the total number of bytes, if known; the step is done when {@code bytes} reaches
   *     it
   */
  void advance(String what, long bytes, OptionalLong total);

  /** A message of one line: a failed source and the next one, a wait for a lock. */
  void note(String message);
}
