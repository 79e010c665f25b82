package org.trimtab.track.client;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an MLflow run is to hold, made from journals alone: the same journals give the same content.
 *
 * @param key its {@link RunTags#KEY}
 * @param name what people read
 * @param started when it began, in milliseconds since 1970
 * @param ended when it ended; null while it goes on
 * @param status MLflow's word: RUNNING, FINISHED, FAILED, KILLED
 * @param tags all tags but that of the digest
 * @param params setting by name
 * @param points metrics; those of one name stand together, by ascending step
 * @param datasets data sets that it reads
 * @param files files that belong to it; made only when they are sent
 * @param digest stands for all of this; null while more is to come
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
   * @param bytes gives its content; may be called more than once
   */
  public record FileContent(String path, Supplier<byte[]> bytes) {}
}
