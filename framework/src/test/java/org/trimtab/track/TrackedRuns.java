package org.trimtab.track;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Experiments and runs as an MLflow server keeps them, with its rules for what it refuses. */
final class TrackedRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request that the server refuses. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  /** One value of a metric. */
  record Value(double value, long time, long step) {}

  /** A run. */
  static final class Run {
    final String id;
    final String experiment;
    String status = "RUNNING";
    long ended;
    boolean deleted;
    final Map<String, String> tags = new TreeMap<>();
    final Map<String, String> params = new TreeMap<>();
    final Map<String, Set<Value>> metrics = new TreeMap<>();
    final Set<String> datasets = new TreeSet<>();
    final Map<String, byte[]> files = new TreeMap<>();

    Run(String id, String experiment) {
      this.id = id;
      this.experiment = experiment;
    }

    String tag(String name) {
      return tags.getOrDefault(name, "");
    }

    /** The last value of a metric: that of the highest step, then of the latest time. */
    Value last(String metric) {
      Value last = null;
      for (Value value : metrics.getOrDefault(metric, Set.of())) {
        if (last == null
            || value.step > last.step
            || (value.step == last.step && value.time >= last.time)) {
          last = value;
        }
      }
      return Objects.requireNonNull(last, metric);
    }
  }

  final Map<String, ObjectNode> experiments = new LinkedHashMap<>();
  final Map<String, Run> runs = new LinkedHashMap<>();

  /** The runs that were not deleted, by their key; two of one key are an error. */
  synchronized Map<String, Run> byKey() {
    Map<String, Run> byKey = new TreeMap<>();
    for (Run run : runs.values()) {
      if (!run.deleted && byKey.put(run.tag(RunContent.KEY), run) != null) {
        throw new AssertionError("two runs of " + run.tag(RunContent.KEY));
      }
    }
    return byKey;
  }

  synchronized @Nullable ObjectNode experiment(String name) {
    return experiments.get(name);
  }

  /** Answers a request of the interface. */
  synchronized ObjectNode answer(String path, JsonNode request) throws Refusal {
    return switch (path) {
      case "experiments/create" -> createExperiment(request.path("name").asText());
      case "experiments/set-experiment-tag" -> tagExperiment(request);
      case "runs/create" -> createRun(request);
      case "runs/search" -> search(request);
      case "runs/log-batch" -> logBatch(request);
      case "runs/log-inputs" -> logInputs(request);
      case "runs/update" -> update(request);
      case "runs/delete" -> delete(request);
      default -> throw new Refusal(404, "no such path: " + path);
    };
  }

  private ObjectNode createExperiment(String name) throws Refusal {
    if (experiments.containsKey(name)) {
      throw new Refusal(400, "RESOURCE_ALREADY_EXISTS");
    }
    ObjectNode experiment = JSON.createObjectNode();
    String id = Integer.toString(experiments.size() + 1);
    experiment.put("experiment_id", id).put("name", name).put("lifecycle_stage", "active");
    experiment.putArray("tags");
    experiments.put(name, experiment);
    return JSON.createObjectNode().put("experiment_id", id);
  }

  private ObjectNode tagExperiment(JsonNode request) {
    for (ObjectNode experiment : experiments.values()) {
      if (experiment.path("experiment_id").equals(request.path("experiment_id"))) {
        ArrayNode tags = (ArrayNode) experiment.path("tags");
        tags.addObject()
            .put("key", request.path("key").asText())
            .put("value", request.path("value").asText());
      }
    }
    return JSON.createObjectNode();
  }

  private ObjectNode createRun(JsonNode request) {
    String experiment = request.path("experiment_id").asText();
    Run run = new Run("%032x".formatted(runs.size() + 1), experiment);
    request
        .path("tags")
        .forEach(tag -> run.tags.put(tag.path("key").asText(), tag.path("value").asText()));
    run.tags.put("mlflow.runName", request.path("run_name").asText());
    runs.put(run.id, run);
    ObjectNode answer = JSON.createObjectNode();
    answer.set("run", describe(run));
    return answer;
  }

  private ObjectNode search(JsonNode request) throws Refusal {
    String filter = request.path("filter").asText();
    String key = "tags.`" + RunContent.KEY + "` ";
    List<Run> found = new ArrayList<>();
    for (Run run : runs.values()) {
      boolean matches =
          filter.equals(key + "LIKE '%'")
              ? run.tags.containsKey(RunContent.KEY)
              : filter.equals(key + "= '" + run.tag(RunContent.KEY) + "'");
      if (matches
          && !run.deleted
          && run.experiment.equals(request.path("experiment_ids").path(0).asText())) {
        found.add(run);
      }
    }
    int from = request.path("page_token").asInt(0);
    int to = Math.min(found.size(), from + request.path("max_results").asInt());
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode page = answer.putArray("runs");
    found.subList(from, to).forEach(run -> page.add(describe(run)));
    if (to < found.size()) {
      answer.put("next_page_token", Integer.toString(to));
    }
    return answer;
  }

  private static ObjectNode describe(Run run) {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("info")
        .put("run_id", run.id)
        .put("run_uuid", run.id)
        .put("experiment_id", run.experiment)
        .put("status", run.status)
        .put("lifecycle_stage", "active")
        .put("artifact_uri", "mlflow-artifacts:/" + run.experiment + "/" + run.id + "/artifacts");
    ObjectNode data = json.putObject("data");
    ArrayNode tags = data.putArray("tags");
    run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    ArrayNode params = data.putArray("params");
    run.params.forEach((key, value) -> params.addObject().put("key", key).put("value", value));
    ArrayNode metrics = data.putArray("metrics");
    for (String name : run.metrics.keySet()) {
      Value last = run.last(name);
      metrics
          .addObject()
          .put("key", name)
          .put("value", last.value)
          .put("timestamp", last.time)
          .put("step", last.step);
    }
    ArrayNode inputs = json.putObject("inputs").putArray("dataset_inputs");
    for (String dataset : run.datasets) {
      String[] parts = dataset.split(" ");
      ObjectNode input = inputs.addObject();
      input.putArray("tags").addObject().put("key", "mlflow.data.context").put("value", parts[1]);
      input.putObject("dataset").put("name", parts[0]).put("digest", parts[2]);
    }
    return json;
  }

  private ObjectNode logBatch(JsonNode request) throws Refusal {
    Run run = writable(request);
    JsonNode metrics = request.path("metrics");
    JsonNode params = request.path("params");
    JsonNode tags = request.path("tags");
    if (params.size() > 100
        || tags.size() > 100
        || metrics.size() + params.size() + tags.size() > 1000) {
      throw new Refusal(400, "too much in one batch");
    }
    for (JsonNode param : params) {
      String before = run.params.get(param.path("key").asText());
      if (before != null && !before.equals(param.path("value").asText())) {
        throw new Refusal(400, "Changing param values is not allowed");
      }
    }
    for (JsonNode metric : metrics) {
      String key = metric.path("key").asText();
      if (!key.matches("[a-z0-9_./ :-]{1,250}") || !metric.path("value").isNumber()) {
        throw new Refusal(400, "Invalid metric " + metric);
      }
      run.metrics
          .computeIfAbsent(key, name -> new LinkedHashSet<>())
          .add(
              new Value(
                  metric.path("value").doubleValue(),
                  metric.path("timestamp").asLong(),
                  metric.path("step").asLong()));
    }
    params.forEach(
        param -> run.params.put(param.path("key").asText(), param.path("value").asText()));
    tags.forEach(tag -> run.tags.put(tag.path("key").asText(), tag.path("value").asText()));
    return JSON.createObjectNode();
  }

  private ObjectNode logInputs(JsonNode request) throws Refusal {
    Run run = writable(request);
    for (JsonNode input : request.path("datasets")) {
      String digest = input.path("dataset").path("digest").asText();
      if (digest.length() > 36) {
        throw new Refusal(400, "digest too long");
      }
      run.datasets.add(
          input.path("dataset").path("name").asText()
              + " "
              + input.path("tags").path(0).path("value").asText()
              + " "
              + digest);
    }
    return JSON.createObjectNode();
  }

  private ObjectNode update(JsonNode request) throws Refusal {
    Run run = writable(request);
    run.status = request.path("status").asText();
    run.ended = request.path("end_time").asLong();
    return JSON.createObjectNode();
  }

  private ObjectNode delete(JsonNode request) throws Refusal {
    writable(request).deleted = true;
    return JSON.createObjectNode();
  }

  private Run writable(JsonNode request) throws Refusal {
    Run run = runs.get(request.path("run_id").asText());
    if (run == null || run.deleted) {
      throw new Refusal(400, "no such active run");
    }
    return run;
  }
}
