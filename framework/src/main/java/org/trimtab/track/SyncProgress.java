package org.trimtab.track;

/** Is notified of the progress of sending a results folder, by the sending thread. */
public interface SyncProgress {
  /** Does nothing. */
  SyncProgress SILENT = (name, done, cells) -> {};

  /**
   * Another cell is settled: sent, unchanged or refused.
   *
   * @param name the spec's name
   * @param done cells that are settled
   * @param cells cells that were begun
   */
  void settled(String name, int done, int cells);

  /** Nothing more is sent, complete or not. */
  default void ended() {}
}
