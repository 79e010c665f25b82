package org.trimtab.track.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** Values of a run that go into one request: at most 1,000, of them 100 params and 100 tags. */
record LogBatch(
    List<Service.Metric> metrics, List<Service.Param> params, List<Service.RunTag> tags) {
  private static final int METRICS = 800;
  private static final int OTHERS = 100;

  /** Divides values into batches; none for none. */
  static List<LogBatch> of(
      List<RunContent.Point> points, Map<String, String> params, Map<String, String> tags) {
    List<Service.Metric> metrics = points.stream().map(LogBatch::metric).toList();
    List<Service.Param> allParams = new ArrayList<>();
    params.forEach(
        (key, value) ->
            allParams.add(Service.Param.newBuilder().setKey(key).setValue(value).build()));
    List<Service.RunTag> allTags = new ArrayList<>();
    tags.forEach(
        (key, value) ->
            allTags.add(Service.RunTag.newBuilder().setKey(key).setValue(value).build()));
    int count =
        Math.max(
            batches(metrics.size(), METRICS),
            Math.max(batches(allParams.size(), OTHERS), batches(allTags.size(), OTHERS)));
    List<LogBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(
          new LogBatch(
              part(metrics, i, METRICS), part(allParams, i, OTHERS), part(allTags, i, OTHERS)));
    }
    return batches;
  }

  private static int batches(int size, int most) {
    return (size + most - 1) / most;
  }

  private static <T> List<T> part(List<T> all, int index, int most) {
    int from = Math.min(all.size(), index * most);
    return all.subList(from, Math.min(all.size(), from + most));
  }

  private static Service.Metric metric(RunContent.Point point) {
    return Service.Metric.newBuilder()
        .setKey(point.name())
        .setValue(point.value())
        .setTimestamp(point.time())
        .setStep(point.step())
        .build();
  }
}
