package org.trimtab.track.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.Page;

/**
 * The requests to an MLflow server, one method per request or page of requests. Not thread-safe.
 */
public final class MlflowServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Files may be larger than the content of other calls. */
  private static final int FILE_PATIENCE = 3;

  private static final int PAGE = 200;

  private final ServerAddress address;
  private final ClientCalls client;
  private final HttpCalls http;
  private final RunFiles files;
  private int written;

  /**
   * @param deadline for each call; uploads have three times as long
   */
  public MlflowServer(ServerAddress address, Duration deadline) {
    this.address = address;
    this.client = new ClientCalls(address, deadline);
    this.http = new HttpCalls(address, deadline);
    this.files =
        new RunFiles(address, new HttpCalls(address, deadline.multipliedBy(FILE_PATIENCE)));
  }

  public ServerAddress address() {
    return address;
  }

  /** The number of successful requests that change something, to detect progress. */
  public int written() {
    return written;
  }

  /** The id of an experiment, which is created if necessary and gets missing tags. */
  public String experiment(String name, Map<String, String> tags)
      throws ServerFault, InterruptedException {
    Optional<Service.Experiment> found = experiment(name);
    if (found.isEmpty()) {
      try {
        client.ask("create the experiment " + name, calls -> calls.createExperiment(name));
      } catch (ServerFault e) {
        // The answer may have been lost, or another process may have been faster: names are unique.
        if (e.reach() != ServerFault.Reach.REQUEST) {
          throw e;
        }
      }
      found = experiment(name);
    }
    Service.Experiment experiment =
        found.orElseThrow(
            () ->
                ServerFault.of(
                    ServerFault.Reach.SERVER,
                    "the MLflow server " + address + " does not create the experiment " + name));
    String id = experiment.getExperimentId();
    if (experiment.getLifecycleStage().equals("deleted")) {
      throw ServerFault.of(
          ServerFault.Reach.SERVER,
          "the experiment "
              + name
              + " was deleted on the MLflow server "
              + address
              + ", which keeps its name. Restore it: mlflow experiments restore --experiment-id "
              + id);
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      boolean there =
          experiment.getTagsList().stream().anyMatch(known -> known.getKey().equals(tag.getKey()));
      if (!there) {
        run(
            "tag the experiment",
            calls -> calls.setExperimentTag(id, tag.getKey(), tag.getValue()));
      }
    }
    return id;
  }

  private Optional<Service.Experiment> experiment(String name)
      throws ServerFault, InterruptedException {
    return client.ask("find the experiment " + name, calls -> calls.getExperimentByName(name));
  }

  /**
   * Our runs in an experiment; deleted ones count as absent.
   *
   * @param key of one run; null for all
   */
  public List<KnownRun> runs(String experiment, @Nullable String key)
      throws ServerFault, InterruptedException {
    String filter =
        key == null
            ? "tags.`" + RunTags.KEY + "` LIKE '%'"
            : "tags.`" + RunTags.KEY + "` = '" + key + "'";
    List<KnownRun> runs = new ArrayList<>();
    Page<Service.Run> page =
        client.ask(
            "search its runs",
            calls ->
                calls.searchRuns(List.of(experiment), filter, Service.ViewType.ACTIVE_ONLY, PAGE));
    page.getItems().forEach(run -> runs.add(KnownRun.of(run)));
    while (page.hasNextPage()) {
      Page<Service.Run> last = page;
      page = client.ask("search its runs", calls -> last.getNextPage());
      page.getItems().forEach(run -> runs.add(KnownRun.of(run)));
    }
    return runs;
  }

  /** Creates a run. A caller that gets no answer must search before creating it again. */
  public KnownRun create(String experiment, RunContent content)
      throws ServerFault, InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    request.put("experiment_id", experiment).put("run_name", content.name());
    request.put("start_time", content.started());
    ArrayNode tags = request.putArray("tags");
    content.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    String answer =
        http.post("the creation of a run", "/api/2.0/mlflow/runs/create", request.toString());
    try {
      JsonNode info = JSON.readTree(answer).path("run").path("info");
      String id = info.path("run_id").asText();
      String where = info.path("artifact_uri").asText();
      if (!id.isEmpty()) {
        written++;
        return KnownRun.created(id, where, content.tags());
      }
    } catch (JsonProcessingException e) {
      // Reported below: the responder is not an MLflow server.
    }
    throw ServerFault.of(
        ServerFault.Reach.SERVER,
        address
            + " is not an MLflow server: its answer to the creation of a run is something else");
  }

  /** Records metrics, params and tags; repeating it changes nothing. */
  public void log(
      String run,
      List<RunContent.Point> points,
      Map<String, String> params,
      Map<String, String> tags)
      throws ServerFault, InterruptedException {
    for (LogBatch batch : LogBatch.of(points, params, tags)) {
      run(
          "record values",
          calls -> calls.logBatch(run, batch.metrics(), batch.params(), batch.tags()));
    }
  }

  /** Records the data sets that a run reads. */
  public void datasets(String run, List<RunContent.DatasetUse> datasets)
      throws ServerFault, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("run_id", run);
    ArrayNode inputs = request.putArray("datasets");
    for (RunContent.DatasetUse use : datasets) {
      ObjectNode input = inputs.addObject();
      input
          .putArray("tags")
          .addObject()
          .put("key", "mlflow.data.context")
          .put("value", use.context());
      input
          .putObject("dataset")
          .put("name", use.name())
          // At most 36 characters.
          .put("digest", use.sha256().substring(0, Math.min(32, use.sha256().length())))
          .put("source_type", "trimtab")
          .put("source", "sha256:" + use.sha256());
    }
    run("record data sets", calls -> calls.sendPost("runs/log-inputs", request.toString()));
  }

  /** Sets a run's status and its end. */
  public void status(String run, String status, @Nullable Long ended)
      throws ServerFault, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("run_id", run).put("status", status);
    if (ended != null) {
      request.put("end_time", ended);
    }
    run("set its status", calls -> calls.sendPost("runs/update", request.toString()));
  }

  /** Stores a file of a run. */
  public void upload(KnownRun run, String path, byte[] content)
      throws ServerFault, InterruptedException {
    files.store(run.files(), path, content);
    written++;
  }

  /** Moves a run to MLflow's trash. */
  public void delete(String run) throws ServerFault, InterruptedException {
    run("delete a run that was created twice", calls -> calls.deleteRun(run));
  }

  private interface Action {
    void on(org.mlflow.tracking.MlflowClient client);
  }

  private void run(String what, Action action) throws ServerFault, InterruptedException {
    boolean done =
        client.ask(
            what,
            calls -> {
              action.on(calls);
              return true;
            });
    written += done ? 1 : 0;
  }

  @Override
  public void close() {
    client.close();
  }
}
