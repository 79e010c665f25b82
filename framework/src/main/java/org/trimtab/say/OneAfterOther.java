package org.trimtab.say;

/** Replies one below the other, as they come: for pipes and narrow terminals. */
final class OneAfterOther implements Listener {
  private final Screen screen;
  private final String edit;
  private boolean fresh = true;

  /**
   * @param edit what the edited side is, for its heading
   */
  OneAfterOther(Screen screen, String edit) {
    this.screen = screen;
    this.edit = edit;
  }

  @Override
  public boolean together() {
    return false;
  }

  @Override
  public void begins(Side side) {
    screen.line(screen.bold(side == Side.EDITED ? side + " (" + edit + ")" : side.toString()));
    fresh = true;
  }

  @Override
  public void says(Side side, String piece, boolean differs) {
    String text = fresh ? piece.stripLeading() : piece;
    if (!text.isEmpty()) {
      fresh = false;
      screen.print(differs ? screen.marked(Shown.text(text)) : Shown.text(text));
    }
  }

  @Override
  public void ends(Side side) {
    screen.print("\n\n");
  }
}
