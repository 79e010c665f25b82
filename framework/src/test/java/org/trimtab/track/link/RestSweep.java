package org.trimtab.track.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills a real MLflow server with the sweep whose table is in the README, by its REST interface.
 */
final class RestSweep {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TABLE = "items.json";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final Instant started = Instant.now().minus(Duration.ofMinutes(5));

  RestSweep(URI server) {
    this.server = server;
  }

  /** A row of the table. */
  private record Cell(String method, String layers, double factor, List<Double> scores) {
    String name() {
      return layers.equals("none") ? method : method + " " + layers + " " + factor;
    }

    String from() {
      return layers.equals("none") ? "0" : layers.split("-")[0];
    }
  }

  private static final List<Cell> CELLS =
      List.of(
          new Cell("baseline", "none", 0, List.of(0.31, 0.478, 18.19)),
          new Cell("directional-edit", "5-29", -1, List.of(0.29, 0.476, 18.30)),
          new Cell("directional-edit", "5-29", 0.5, List.of(0.31, 0.48, 18.47)),
          new Cell("directional-edit", "5-29", 1.5, List.of(0.34, 0.493, 21.03)),
          new Cell("directional-edit", "15-29", -1, List.of(0.30, 0.473, 18.23)),
          new Cell("directional-edit", "15-29", 0.5, List.of(0.31, 0.481, 18.38)),
          new Cell("directional-edit", "15-29", 1.5, List.of(0.32, 0.492, 19.95)),
          new Cell("directional-edit", "22-29", -1, List.of(0.30, 0.476, 18.19)),
          new Cell("directional-edit", "22-29", 0.5, List.of(0.31, 0.479, 18.24)),
          new Cell("directional-edit", "22-29", 1.5, List.of(0.31, 0.481, 18.54)),
          new Cell("random-direction", "5-29", 1.5, List.of(0.30, 0.478, 18.34)),
          new Cell("shuffled-labels", "5-29", 1.5, List.of(0.30, 0.47, 21.05)));

  private static final List<String> METRICS =
      List.of("truthfulqa/mc1", "truthfulqa/mc2", "wikitext-2/perplexity");

  /** Sends the sweep. */
  SweepRuns send() {
    String experiment =
        post(
                "experiments/create",
                JSON.createObjectNode()
                    .put("name", "tqa-sweep")
                    .set(
                        "tags",
                        pairs(
                            Map.of(
                                "mlflow.experimentKind",
                                "custom_model_development",
                                "mlflow.note.content",
                                "Does strengthening the truthful direction in o_proj raise"
                                    + " TruthfulQA scores, and what does it cost?",
                                "mlflow.experiment.primaryMetric.name",
                                METRICS.get(0)))))
            .path("experiment_id")
            .asText();
    String parent = run(experiment, "tqa-sweep", 0, Map.of());
    List<String> cells = new ArrayList<>();
    for (Cell cell : CELLS) {
      cells.add(send(experiment, parent, cell, cells.size() + 1));
    }
    end(parent, cells.size() + 1);
    return new SweepRuns(
        server,
        experiment,
        parent,
        "tqa-sweep",
        started,
        cells,
        List.of("method", "layers.from", "factor"),
        METRICS,
        METRICS.get(0));
  }

  /** Sets tags of the experiment. */
  TagWriter tags(String experiment) {
    return (name, value) ->
        post(
            "experiments/set-experiment-tag",
            JSON.createObjectNode()
                .put("experiment_id", experiment)
                .put("key", name)
                .put("value", value));
  }

  /** The page of a cell's table of items. */
  URI table(SweepRuns sweep, int cell) {
    String run = "experiments/" + sweep.experiment() + "/runs/" + sweep.cells().get(cell);
    return new PageAddress(server, run + "/artifacts/" + TABLE).uri();
  }

  private String send(String experiment, String parent, Cell cell, int index) {
    Map<String, String> tags =
        Map.of(
            "mlflow.parentRunId",
            parent,
            "mlflow.loggedArtifacts",
            "[{\"path\":\"" + TABLE + "\",\"type\":\"table\"}]");
    String run = run(experiment, cell.name(), index, tags);
    ObjectNode batch = JSON.createObjectNode().put("run_id", run);
    batch.set(
        "params",
        pairs(
            Map.of(
                "method",
                cell.method(),
                "layers",
                cell.layers(),
                "layers.from",
                cell.from(),
                "factor",
                Double.toString(cell.factor()),
                "model",
                "smollm2-135m-instruct-q4_1",
                "seed",
                "0")));
    ArrayNode metrics = batch.putArray("metrics");
    for (int i = 0; i < METRICS.size(); i++) {
      metrics
          .addObject()
          .put("key", METRICS.get(i))
          .put("value", cell.scores().get(i))
          .put("timestamp", time(index))
          .put("step", 0);
    }
    post("runs/log-batch", batch);
    put(experiment, run, table());
    end(run, index);
    return run;
  }

  private static ObjectNode table() {
    ObjectNode table = JSON.createObjectNode();
    ArrayNode columns = table.putArray("columns");
    List.of("question", "answer", "mc1", "mc2").forEach(columns::add);
    ArrayNode rows = table.putArray("data");
    List<String> metals = List.of("iron", "tin", "lead", "zinc", "gold", "silver", "nickel");
    for (int i = 0; i < metals.size(); i++) {
      rows.addArray()
          .add("Does " + metals.get(i) + " float on water?")
          .add("No, it sinks.")
          .add(i % 3 == 0 ? 1 : 0)
          .add(0.25 + i / 16.0);
    }
    return table;
  }

  private String run(String experiment, String name, int index, Map<String, String> tags) {
    return post(
            "runs/create",
            JSON.createObjectNode()
                .put("experiment_id", experiment)
                .put("run_name", name)
                .put("start_time", time(index))
                .set("tags", pairs(tags)))
        .at("/run/info/run_id")
        .asText();
  }

  private void end(String run, int index) {
    post(
        "runs/update",
        JSON.createObjectNode()
            .put("run_id", run)
            .put("status", "FINISHED")
            .put("end_time", time(index + 1)));
  }

  /** Cell after cell, 20 seconds each. */
  private long time(int index) {
    return started.plusSeconds(20L * index).toEpochMilli();
  }

  private static ArrayNode pairs(Map<String, String> values) {
    ArrayNode pairs = JSON.createArrayNode();
    values.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
    return pairs;
  }

  private JsonNode post(String call, JsonNode body) {
    return ask(
        HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow/" + call))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private void put(String experiment, String run, JsonNode table) {
    String path = experiment + "/" + run + "/artifacts/" + TABLE;
    ask(
        HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow-artifacts/artifacts/" + path))
            .PUT(HttpRequest.BodyPublishers.ofString(table.toString()))
            .build());
  }

  private JsonNode ask(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(request + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
