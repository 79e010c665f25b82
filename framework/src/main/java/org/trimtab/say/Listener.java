package org.trimtab.say;

/** Follows replies while they are generated. */
interface Listener {
  /** Whether both sides speak at once, token by token; else the baseline speaks first. */
  boolean together();

  /** A side begins. */
  void begins(Side side);

  /**
   * A side said more.
   *
   * @param differs whether this is the first token that the sides do not share
   */
  void says(Side side, String piece, boolean differs);

  /** A side has ended. */
  void ends(Side side);

  /** Shows nothing. */
  Listener NONE =
      new Listener() {
        @Override
        public boolean together() {
          return false;
        }

        @Override
        public void begins(Side side) {}

        @Override
        public void says(Side side, String piece, boolean differs) {}

        @Override
        public void ends(Side side) {}
      };
}
