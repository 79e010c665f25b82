package org.trimtab.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.track.MlflowServer.KnownRun;
import org.trimtab.track.RunContent.DatasetUse;
import org.trimtab.track.RunContent.Digest;
import org.trimtab.track.RunContent.FileContent;
import org.trimtab.track.RunContent.Point;

/** Compares the content of a run with what the server holds, and sends the difference. */
final class RunSender {
  private final MlflowServer server;

  /** Digests of files sent by this process, so that large files are not sent at every pass. */
  private final Map<String, String> stored = new HashMap<>();

  RunSender(MlflowServer server) {
    this.server = server;
  }

  /**
   * Sends what is missing. The digest is sent last, so that a run which has it is complete.
   *
   * @return whether anything was missing
   */
  boolean send(RunContent content, KnownRun run) throws ServerFault, InterruptedException {
    boolean sameStatus = run.status().equals(content.status());
    if (sameStatus && run.tag(RunContent.REPLAYED).equals(content.digest())) {
      return false;
    }
    boolean sent = sendValues(content, run);
    List<DatasetUse> datasets =
        content.datasets().stream()
            .filter(use -> !run.datasets().contains(use.name() + " " + use.context()))
            .toList();
    if (!datasets.isEmpty()) {
      server.datasets(run.id(), datasets);
      sent = true;
    }
    for (FileContent file : content.files()) {
      sendFile(file, run);
    }
    if (!sameStatus) {
      server.status(run.id(), content.status(), content.ended());
      sent = true;
    }
    String digest = content.digest();
    if (digest != null) {
      server.log(run.id(), List.of(), Map.of(), Map.of(RunContent.REPLAYED, digest));
      sent = true;
    }
    return sent;
  }

  private boolean sendValues(RunContent content, KnownRun run)
      throws ServerFault, InterruptedException {
    Map<String, String> tags = new LinkedHashMap<>(content.tags());
    tags.entrySet().removeIf(tag -> tag.getValue().equals(run.tags().get(tag.getKey())));
    // A param cannot be changed, and an attempt would reject everything sent with it: the value of
    // another spelling of the same spec (a model's path instead of its name) stays.
    Map<String, String> params = new LinkedHashMap<>(content.params());
    params.keySet().removeAll(run.params().keySet());
    List<Point> points = missing(content.points(), run.last());
    server.log(run.id(), points, params, tags);
    return !(tags.isEmpty() && params.isEmpty() && points.isEmpty());
  }

  /**
   * The points of each metric after the server's last one, since they are sent in order; all points
   * if the server's is not among them.
   */
  private static List<Point> missing(List<Point> points, Map<String, Point> known) {
    Map<String, List<Point>> byName = new LinkedHashMap<>();
    for (Point point : points) {
      byName.computeIfAbsent(point.name(), name -> new ArrayList<>()).add(point);
    }
    List<Point> missing = new ArrayList<>();
    byName.forEach(
        (name, curve) -> {
          RunContent.@Nullable Point last = known.get(name);
          missing.addAll(curve.subList(last == null ? 0 : curve.indexOf(last) + 1, curve.size()));
        });
    return missing;
  }

  private void sendFile(FileContent file, KnownRun run) throws ServerFault, InterruptedException {
    byte[] bytes = file.bytes().get();
    String digest = new Digest().add(bytes).text();
    String place = run.id() + "/" + file.path();
    @Nullable String before = stored.get(place);
    if (!digest.equals(before)) {
      server.upload(run.files(), file.path(), bytes);
      stored.put(place, digest);
    }
  }
}
