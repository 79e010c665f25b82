package org.trimtab.track;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.MessageOrBuilder;
import org.mlflow_project.google.protobuf.util.JsonFormat;
import org.trimtab.io.BoundedBody;

/**
 * The requests to an MLflow server, each with a deadline and made once; whoever calls decides
 * whether to repeat one. The messages are those of MLflow's Java client. Its own connection is not
 * used: it has no time-outs, repeats the creation of a run after an error, and starts Python to
 * upload a file. Not thread-safe.
 */
final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";
  private static final Duration HEALTH = Duration.ofSeconds(3);

  /** Uploads of files may take longer than other requests by this factor. */
  private static final int FILE_PATIENCE = 3;

  private static final int PAGE = 200;

  /** A page of runs with all their params and metrics has a few megabytes. */
  private static final long LONGEST_ANSWER = 64L << 20;

  /** A server accepts 1,000 values in one request, of them 100 params and 100 tags. */
  private static final int MOST_METRICS = 800;

  private static final int MOST_OTHERS = 100;

  /**
   * The data that a server holds for a run.
   *
   * @param id MLflow's id
   * @param files the location of its files, according to the server
   * @param status MLflow's status
   * @param last the last point of each metric
   * @param datasets {@code name context} of its data sets
   */
  record KnownRun(
      String id,
      String files,
      String status,
      Map<String, String> tags,
      Map<String, String> params,
      Map<String, RunContent.Point> last,
      Set<String> datasets) {
    private static KnownRun of(Service.Run run) {
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

    String tag(String name) {
      return tags.getOrDefault(name, "");
    }
  }

  private final ServerAddress address;
  private final Duration deadline;
  private final HttpClient client;
  private int written;

  /**
   * @param deadline for each request; uploads have three times as long
   */
  MlflowServer(ServerAddress address, Duration deadline) {
    this.address = address;
    this.deadline = deadline;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(deadline);
    if (address.insecureTls()) {
      builder.sslContext(AnyCertificate.context());
    }
    this.client = builder.build();
  }

  /** Whether a server reports within 3 seconds that it is ready. */
  static boolean healthy(ServerAddress address) {
    MlflowServer server = new MlflowServer(address, HEALTH);
    try {
      return server.send("a health check", server.request("/health").GET(), HEALTH) != null;
    } catch (ServerFault e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ServerAddress address() {
    return address;
  }

  /** The number of successful requests that change something, to detect progress. */
  int written() {
    return written;
  }

  /** The id of an experiment, which is created if necessary and gets missing tags. */
  String experiment(String name, Map<String, String> tags)
      throws ServerFault, InterruptedException {
    Optional<Service.Experiment> found = experiment(name);
    if (found.isEmpty()) {
      try {
        write(
            "create the experiment " + name,
            "experiments/create",
            Service.CreateExperiment.newBuilder().setName(name));
      } catch (ServerFault e) {
        // Another process may have been faster: names are unique.
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
          ("the experiment %s was deleted on the MLflow server %s, which keeps its name."
                  + " Restore it: mlflow experiments restore --experiment-id %s")
              .formatted(name, address, id));
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (experiment.getTagsList().stream().noneMatch(it -> it.getKey().equals(tag.getKey()))) {
        write(
            "tag the experiment",
            "experiments/set-experiment-tag",
            Service.SetExperimentTag.newBuilder()
                .setExperimentId(id)
                .setKey(tag.getKey())
                .setValue(tag.getValue()));
      }
    }
    return id;
  }

  private Optional<Service.Experiment> experiment(String name)
      throws ServerFault, InterruptedException {
    String what = "find the experiment " + name;
    String query = "?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    try {
      String answer = send(what, request(API + "experiments/get-by-name", query).GET(), deadline);
      return Optional.of(
          parse(what, answer, Service.GetExperimentByName.Response.newBuilder()).getExperiment());
    } catch (ServerFault e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Our runs in an experiment; deleted ones count as absent.
   *
   * @param key of one run; null for all
   */
  List<KnownRun> runs(String experiment, @Nullable String key)
      throws ServerFault, InterruptedException {
    String tag = "tags.`" + RunContent.KEY + "`";
    List<KnownRun> runs = new ArrayList<>();
    String page = "";
    do {
      Service.SearchRuns.Builder search =
          Service.SearchRuns.newBuilder()
              .addExperimentIds(experiment)
              .setFilter(key == null ? tag + " LIKE '%'" : tag + " = '" + key + "'")
              .setRunViewType(Service.ViewType.ACTIVE_ONLY)
              .setMaxResults(PAGE);
      if (!page.isEmpty()) {
        search.setPageToken(page);
      }
      String what = "search its runs";
      Service.SearchRuns.Response answer =
          parse(what, post(what, "runs/search", search), Service.SearchRuns.Response.newBuilder())
              .build();
      answer.getRunsList().forEach(run -> runs.add(KnownRun.of(run)));
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return runs;
  }

  /** Creates a run. A caller that gets no answer must search before creating it again. */
  KnownRun create(String experiment, RunContent content) throws ServerFault, InterruptedException {
    String what = "create a run";
    Service.CreateRun.Builder request =
        Service.CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(content.name())
            .setStartTime(content.started());
    content.tags().forEach((key, value) -> request.addTags(tag(key, value)));
    KnownRun run =
        KnownRun.of(
            parse(
                    what,
                    write(what, "runs/create", request),
                    Service.CreateRun.Response.newBuilder())
                .getRun());
    if (run.id().isEmpty()) {
      throw notMlflow(what);
    }
    return run;
  }

  /** Records metrics, params and tags; repeating it changes nothing. */
  void log(
      String run,
      List<RunContent.Point> points,
      Map<String, String> params,
      Map<String, String> tags)
      throws ServerFault, InterruptedException {
    List<Service.Metric> metrics = points.stream().map(MlflowServer::metric).toList();
    List<Service.Param> settings = new ArrayList<>();
    params.forEach(
        (key, value) ->
            settings.add(Service.Param.newBuilder().setKey(key).setValue(value).build()));
    List<Service.RunTag> labels = new ArrayList<>();
    tags.forEach((key, value) -> labels.add(tag(key, value)));
    for (int i = 0;
        i * MOST_METRICS < metrics.size()
            || i * MOST_OTHERS < Math.max(settings.size(), labels.size());
        i++) {
      write(
          "record values",
          "runs/log-batch",
          Service.LogBatch.newBuilder()
              .setRunId(run)
              .addAllMetrics(part(metrics, i, MOST_METRICS))
              .addAllParams(part(settings, i, MOST_OTHERS))
              .addAllTags(part(labels, i, MOST_OTHERS)));
    }
  }

  private static <T> List<T> part(List<T> all, int index, int most) {
    int from = Math.min(all.size(), index * most);
    return all.subList(from, Math.min(all.size(), from + most));
  }

  private static Service.RunTag tag(String key, String value) {
    return Service.RunTag.newBuilder().setKey(key).setValue(value).build();
  }

  private static Service.Metric metric(RunContent.Point point) {
    return Service.Metric.newBuilder()
        .setKey(point.name())
        .setValue(point.value())
        .setTimestamp(point.time())
        .setStep(point.step())
        .build();
  }

  /** Records the data sets that a run reads. */
  void datasets(String run, List<RunContent.DatasetUse> datasets)
      throws ServerFault, InterruptedException {
    Service.LogInputs.Builder request = Service.LogInputs.newBuilder().setRunId(run);
    for (RunContent.DatasetUse use : datasets) {
      request
          .addDatasetsBuilder()
          .addTags(
              Service.InputTag.newBuilder().setKey("mlflow.data.context").setValue(use.context()))
          .setDataset(
              Service.Dataset.newBuilder()
                  .setName(use.name())
                  // At most 36 characters.
                  .setDigest(use.sha256().substring(0, Math.min(32, use.sha256().length())))
                  .setSourceType("trimtab")
                  .setSource("sha256:" + use.sha256()));
    }
    write("record data sets", "runs/log-inputs", request);
  }

  /** Sets a run's status and its end. */
  void status(String run, String status, @Nullable Long ended)
      throws ServerFault, InterruptedException {
    Service.UpdateRun.Builder request =
        Service.UpdateRun.newBuilder().setRunId(run).setStatus(Service.RunStatus.valueOf(status));
    if (ended != null) {
      request.setEndTime(ended);
    }
    write("set its status", "runs/update", request);
  }

  /** Moves a run to MLflow's trash. */
  void delete(String run) throws ServerFault, InterruptedException {
    write(
        "delete a run that was created twice",
        "runs/delete",
        Service.DeleteRun.newBuilder().setRunId(run));
  }

  /**
   * Stores a file of a run, replacing an existing one. A server that serves artifacts (the default)
   * accepts them by PUT; one that does not ({@code --no-serve-artifacts}) names a folder, to which
   * we can write on the same machine.
   *
   * @param root the run's artifact_uri
   * @param path under it, with slashes
   */
  void upload(String root, String path, byte[] content) throws ServerFault, InterruptedException {
    URI uri;
    try {
      uri = URI.create(root);
    } catch (IllegalArgumentException e) {
      throw noFiles(root);
    }
    String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
    if (scheme.equals("mlflow-artifacts")) {
      send(
          "the upload of " + path,
          request(FILES + uri.getPath() + "/" + path).PUT(BodyPublishers.ofByteArray(content)),
          deadline.multipliedBy(FILE_PATIENCE));
    } else if (scheme.equals("file") && address.isLocal() && uri.getPath().startsWith("/")) {
      copy(Path.of(uri.getPath()).resolve(path), content);
    } else {
      throw noFiles(root);
    }
    written++;
  }

  private static void copy(Path file, byte[] content) throws ServerFault {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw ServerFault.of(
          ServerFault.Reach.REQUEST,
          "cannot write " + file + ", where the MLflow server keeps files (" + e + ")");
    }
  }

  private ServerFault noFiles(String root) {
    return ServerFault.of(
        ServerFault.Reach.REQUEST,
        ("files cannot be sent to the MLflow server %s, which keeps them in %s and does not"
                + " accept them itself: start it with --serve-artifacts and --artifacts-destination."
                + " Settings and metrics were sent.")
            .formatted(address, root));
  }

  private String write(String what, String path, MessageOrBuilder message)
      throws ServerFault, InterruptedException {
    String answer = post(what, path, message);
    written++;
    return answer;
  }

  private String post(String what, String path, MessageOrBuilder message)
      throws ServerFault, InterruptedException {
    String json;
    try {
      json = JsonFormat.printer().preservingProtoFieldNames().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message of MLflow's can be written as JSON", e);
    }
    return send(
        what,
        request(API + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        deadline);
  }

  private <M extends Message.Builder> M parse(String what, String answer, M message)
      throws ServerFault {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(answer, message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw notMlflow(what);
    }
  }

  private ServerFault notMlflow(String what) {
    return ServerFault.of(
        ServerFault.Reach.SERVER,
        address + " is not an MLflow server: its answer to '" + what + "' is something else");
  }

  private HttpRequest.Builder request(String path) {
    return request(path, "");
  }

  /**
   * A request to a path of the server.
   *
   * @param path unencoded; it is percent-encoded here
   * @param query encoded, with its question mark
   */
  private HttpRequest.Builder request(String path, String query) {
    try {
      String encoded = new URI(null, null, path, null).getRawPath();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address.uri() + encoded + query))
              .header("User-Agent", "trimtab");
      String authorization = address.authorization();
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
      return request;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + path, e);
    }
  }

  private String send(String what, HttpRequest.Builder request, Duration limit)
      throws ServerFault, InterruptedException {
    // The request's own time-out ends with the response headers; this one also covers the body.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request.build(), BoundedBody.upTo(LONGEST_ANSWER));
    try {
      HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() >= 300) {
        throw ServerFault.answered(address.uri(), what, response.statusCode(), response.body());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw ServerFault.unanswered(address.uri(), limit, e);
    } catch (ExecutionException e) {
      throw ServerFault.unanswered(address.uri(), e);
    } finally {
      answer.cancel(true);
    }
  }

  /**
   * Trusts every server, as MLFLOW_TRACKING_INSECURE_TLS asks for; names are not compared either.
   */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    static SSLContext context() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, new SecureRandom());
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java runtime has TLS", e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
