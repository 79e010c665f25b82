package org.trimtab.track;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Hashes;

/**
 * The content of an MLflow run, made from journals alone: the same journals give the same content.
 *
 * @param key its {@link #KEY}
 * @param name the displayed name
 * @param started when it began, in milliseconds since 1970
 * @param ended when it ended; null before that
 * @param status MLflow's status: RUNNING, FINISHED, FAILED, KILLED
 * @param tags all tags but that of the digest
 * @param params setting by name
 * @param points metrics, grouped by name, by ascending step
 * @param datasets data sets that it reads
 * @param files its files; made only when they are sent
 * @param digest of all of this; null while the content is still growing
 */
record RunContent(
    String key,
    String name,
    long started,
    @Nullable Long ended,
    String status,
    Map<String, String> tags,
    Map<String, String> params,
    List<Point> points,
    List<DatasetUse> datasets,
    List<FileContent> files,
    @Nullable String digest) {
  /** Tag: {@code sweep} (a results folder, the parent run) or {@code cell} (a child run). */
  static final String KIND = "trimtab.kind";

  /** Tag: the identity of the run, the same at every replay: sweep/NAME or cell/ID. */
  static final String KEY = "trimtab.key";

  /** Tag: the state of the cell: done, diverged, failed, incomplete. */
  static final String STATUS = "trimtab.status";

  /** Tag: why the cell diverged or failed; none otherwise. */
  static final String REASON = "trimtab.reason";

  /** Tag: whether the intervention changes nothing; absent before that was measured. */
  static final String NO_OP = "trimtab.no_op";

  /** Tag: the digest of the content, set last, and only when nothing is missing. */
  static final String REPLAYED = "trimtab.replayed";

  /** Tag: whether files differed from the commit that the program ran from. */
  static final String DIRTY = "trimtab.git.dirty";

  /** Servers truncate or refuse longer values of tags. */
  private static final int LONGEST = 5000;

  /** The value of a tag, truncated to what every server accepts. */
  static String cut(String value) {
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST - 4) + " ...";
  }

  /**
   * One value of a metric.
   *
   * @param time in milliseconds since 1970
   */
  record Point(String name, double value, long time, long step) {}

  /**
   * A data set that a cell reads.
   *
   * @param sha256 of its content
   * @param context {@code train} or {@code evaluation}
   */
  record DatasetUse(String name, String sha256, String context) {}

  /**
   * A file of a run.
   *
   * @param path under the run's artifacts, with slashes
   * @param bytes supplies its content; may be called more than once
   */
  record FileContent(String path, Supplier<byte[]> bytes) {}

  /** SHA-256 over parts, each preceded by its length. */
  static final class Digest {
    private final MessageDigest digest = Hashes.sha256();

    Digest add(byte[] part) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
      return this;
    }

    Digest add(String part) {
      return add(part.getBytes(StandardCharsets.UTF_8));
    }

    Digest add(Map<String, String> parts) {
      parts.forEach((key, value) -> add(key).add(value));
      return this;
    }

    /** The first 16 hex digits; nothing can be added after it. */
    String text() {
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
  }
}
