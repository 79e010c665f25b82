package org.trimtab.track.client;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of an MLflow run, made from journals alone: the same journals give the same content.
 *
 * @param key its {@link RunTags#KEY}
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
public record RunContent(
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
  /**
   * One value of a metric.
   *
   * @param time in milliseconds since 1970
   */
  public record Point(String name, double value, long time, long step) {}

  /**
   * A data set that a cell reads.
   *
   * @param sha256 of its content
   * @param context {@code train} or {@code evaluation}
   */
  public record DatasetUse(String name, String sha256, String context) {}

  /**
   * A file of a run.
   *
   * @param path under the run's artifacts, with slashes
   * @param bytes supplies its content; may be called more than once
   */
  public record FileContent(String path, Supplier<byte[]> bytes) {}
}
