package org.trimtab.track.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mlflow.api.proto.Service;

/**
 * The data that a server holds for a run.
 *
 * @param id MLflow's id
 * @param files the location of its files, according to the server
 * @param status MLflow's status
 * @param last the last point of each metric
 * @param datasets {@code name context} of its data sets
 */
public record KnownRun(
    String id,
    String files,
    String status,
    Map<String, String> tags,
    Map<String, String> params,
    Map<String, RunContent.Point> last,
    Set<String> datasets) {
  /** A newly created run. */
  static KnownRun created(String id, String files, Map<String, String> tags) {
    return new KnownRun(id, files, "RUNNING", tags, Map.of(), Map.of(), Set.of());
  }

  static KnownRun of(Service.Run run) {
    Map<String, String> tags = new HashMap<>();
    run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    Map<String, String> params = new HashMap<>();
    run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
    Map<String, RunContent.Point> last = new HashMap<>();
    for (Service.Metric metric : run.getData().getMetricsList()) {
      String name = metric.getKey();
      last.put(
          name,
          new RunContent.Point(name, metric.getValue(), metric.getTimestamp(), metric.getStep()));
    }
    Set<String> datasets = new HashSet<>();
    for (Service.DatasetInput input : run.getInputs().getDatasetInputsList()) {
      String name = input.getDataset().getName();
      input.getTagsList().forEach(tag -> datasets.add(name + " " + tag.getValue()));
    }
    return new KnownRun(
        run.getInfo().getRunId(),
        run.getInfo().getArtifactUri(),
        run.getInfo().getStatus().name(),
        tags,
        params,
        last,
        datasets);
  }

  public String tag(String name) {
    return tags.getOrDefault(name, "");
  }
}
