package org.trimtab.track;

/** Told how far the sending of a results folder is, by the thread that sends. */
public interface SyncProgress {
  /** Tells nobody. */
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
