package org.trimtab.track.client;

/** Our own tags on MLflow's runs, by which links and searches find them. */
public final class RunTags {
  /** {@code sweep} (a results folder, the parent run) or {@code cell} (a child run). */
  public static final String KIND = "trimtab.kind";

  /** The identity of the run, the same at every replay: {@code sweep/NAME} or {@code cell/ID}. */
  public static final String KEY = "trimtab.key";

  /** The state of the cell: done, diverged, failed, incomplete. */
  public static final String STATUS = "trimtab.status";

  /** Why the cell diverged or failed; none otherwise. */
  public static final String REASON = "trimtab.reason";

  /** Whether the intervention changes nothing: true or false; absent before that was measured. */
  public static final String NO_OP = "trimtab.no_op";

  /** The digest of the content: set last, and only when nothing is missing. */
  public static final String REPLAYED = "trimtab.replayed";

  /** Whether files differed from the commit that the program ran from. */
  public static final String DIRTY = "trimtab.git.dirty";

  /** Servers truncate or refuse longer values. */
  private static final int LONGEST = 5000;

  private RunTags() {}

  /** The value, truncated to what every server accepts. */
  public static String cut(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 4) + " ...";
  }
}
