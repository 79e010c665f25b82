package org.trimtab.track;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.FileStamp;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellJournal;
import org.trimtab.run.FolderLock;
import org.trimtab.run.ResultFolder;
import org.trimtab.track.CellState.Sent;
import org.trimtab.track.client.KnownRun;
import org.trimtab.track.client.MlflowServer;
import org.trimtab.track.client.RunContent;
import org.trimtab.track.client.RunTags;
import org.trimtab.track.client.ServerFault;
import org.trimtab.track.link.Links;

/**
 * Sends a results folder to a server, repeatedly if desired. It asks the server what it has and
 * sends only what is missing: a second replay sends nothing, and the next replay completes an
 * interrupted one. Not thread-safe.
 */
final class Replay {
  /** More runs than this are looked up by one search for all. */
  private static final int SINGLE_SEARCHES = 5;

  private final ResultFolder folder;
  private final MlflowServer server;
  private final RunSender sender;
  private final Map<String, CellState> states = new HashMap<>();
  private @Nullable FileStamp planStamp;
  private @Nullable Sweep sweep;
  private @Nullable String experiment;
  private Map<String, String> experimentTags = Map.of();
  private @Nullable List<Object> sentOfSweep;
  private @Nullable String sweepProblem;
  private @Nullable Links links;

  Replay(ResultFolder folder, MlflowServer server) {
    this.folder = folder;
    this.server = server;
    this.sender = new RunSender(server);
  }

  /**
   * Reads all files once and sends what is new.
   *
   * @param live whether this process runs cells of the folder
   * @throws ServerFault when the rest has to wait; what was already sent stays
   * @throws UserException when the folder holds no plan
   */
  void pass(boolean live, SyncProgress progress) throws ServerFault, InterruptedException {
    @Nullable FolderLock lock = FolderLock.tryAcquire(folder.trackingLock());
    if (lock == null) {
      throw ServerFault.of(
          ServerFault.Reach.PASSING,
          folder.path() + " is being sent by " + FolderLock.holder(folder.trackingLock()));
    }
    try {
      send(live, progress);
    } catch (UncheckedIOException e) {
      throw ServerFault.of(
          ServerFault.Reach.PASSING, "cannot read " + folder.path() + " (" + e.getCause() + ")");
    } finally {
      lock.close();
    }
  }

  private void send(boolean live, SyncProgress progress) throws ServerFault, InterruptedException {
    List<CellState> begun = begun();
    Snapshot snapshot =
        new Snapshot(sweep(), begun, live || begun.stream().anyMatch(CellState::held));
    List<Object> ofSweep = snapshot.ofSweep();
    if (snapshot.journals().isEmpty()
        || (snapshot.open().isEmpty() && ofSweep.equals(sentOfSweep))) {
      return;
    }
    try {
      send(snapshot, progress);
      sentOfSweep = ofSweep;
    } catch (ServerFault e) {
      // It may come back as another server, or without its data.
      experiment = null;
      throw e;
    }
  }

  private Sweep sweep() {
    FileStamp now = FileStamp.of(List.of(folder.planFile(), folder.specFile()));
    Sweep known = sweep;
    if (known == null || !now.equals(planStamp)) {
      known = Sweep.read(folder);
      sweep = known;
      planStamp = now;
    }
    return known;
  }

  private List<CellState> begun() {
    List<CellState> begun = new ArrayList<>();
    for (Cell cell : sweep().plan().cells()) {
      CellState state = states.computeIfAbsent(cell.id(), id -> new CellState(folder, cell));
      state.refresh();
      if (state.begun()) {
        begun.add(state);
      }
    }
    return begun;
  }

  private void send(Snapshot snapshot, SyncProgress progress)
      throws ServerFault, InterruptedException {
    Sweep known = snapshot.sweep();
    List<CellState> open = snapshot.open();
    String id = experiment(known, snapshot.journals());
    Set<String> keys = new LinkedHashSet<>(Set.of(known.key()));
    open.forEach(state -> keys.add(Sweep.key(state.cell())));
    Map<String, KnownRun> runs = find(id, keys);
    RunContent whole = SweepContent.of(known, snapshot.journals(), snapshot.running());
    @Nullable KnownRun found = runs.get(known.key());
    KnownRun parent = found == null ? server.create(id, whole) : found;
    for (CellState state : open) {
      CellJournal journal = state.journal();
      if (journal != null) {
        RunContent content = CellContent.of(known, journal, state.held(), parent.id());
        sendCell(id, content, runs.get(content.key()), state);
        snapshot.tell(progress);
      }
    }
    try {
      sender.send(whole, parent);
      sweepProblem = null;
      if (!snapshot.running()) {
        links = links(known, snapshot.journals(), id, parent.id());
      }
    } catch (ServerFault e) {
      sweepProblem = refusal(e);
    }
  }

  /** Links to the finished sweep; its view is one more tag of the experiment. */
  private Links links(Sweep known, List<CellJournal> journals, String id, String parent)
      throws ServerFault, InterruptedException {
    List<String> runs =
        known.plan().cells().stream()
            .map(cell -> states.get(cell.id()))
            .filter(Objects::nonNull)
            .map(CellState::run)
            .filter(Objects::nonNull)
            .toList();
    Map<String, String> tags = new LinkedHashMap<>(SweepContent.experimentTags(known, journals));
    Links made =
        Links.of(
            SweepContent.runs(known, journals, server.address().uri(), id, parent, runs),
            tags::put);
    server.experiment(known.plan().name(), tags);
    return made;
  }

  private String experiment(Sweep known, List<CellJournal> journals)
      throws ServerFault, InterruptedException {
    Map<String, String> tags = SweepContent.experimentTags(known, journals);
    String id = experiment;
    if (id == null || !tags.equals(experimentTags)) {
      id = server.experiment(known.plan().name(), tags);
      experiment = id;
      experimentTags = tags;
    }
    return id;
  }

  /** A refused request concerns one run; every other fault concerns all. */
  private static String refusal(ServerFault fault) throws ServerFault {
    if (fault.reach() != ServerFault.Reach.REQUEST) {
      throw fault;
    }
    return fault.text();
  }

  private void sendCell(
      String experimentId, RunContent content, @Nullable KnownRun found, CellState state)
      throws ServerFault, InterruptedException {
    try {
      KnownRun run = found == null ? server.create(experimentId, content) : found;
      state.has(run.id());
      boolean sent = sender.send(content, run);
      state.settle(found == null ? Sent.FRESH : sent ? Sent.UPDATED : Sent.UNCHANGED);
    } catch (ServerFault e) {
      state.putOff();
      state.refuse(refusal(e));
    } catch (UserException e) {
      state.refuse(String.valueOf(e.getMessage()));
    }
  }

  /** The runs of some keys; of a run created twice, the first by id. */
  private Map<String, KnownRun> find(String experimentId, Set<String> keys)
      throws ServerFault, InterruptedException {
    List<KnownRun> found = new ArrayList<>();
    if (keys.size() > SINGLE_SEARCHES) {
      found.addAll(server.runs(experimentId, null));
    } else {
      for (String key : keys) {
        found.addAll(server.runs(experimentId, key));
      }
    }
    found.sort(Comparator.comparing(KnownRun::id));
    Map<String, KnownRun> runs = new HashMap<>();
    for (KnownRun run : found) {
      String key = run.tag(RunTags.KEY);
      if (keys.contains(key) && runs.putIfAbsent(key, run) != null) {
        server.delete(run.id());
      }
    }
    return runs;
  }

  /**
   * The result of the last pass.
   *
   * @param fault why that pass did not complete; null if it did
   */
  SyncResult result(@Nullable String fault) {
    Set<String> problems = new LinkedHashSet<>();
    Map<Sent, Integer> counts = new HashMap<>();
    int begun = 0;
    Sweep known = sweep;
    for (Cell cell : known == null ? List.<Cell>of() : known.plan().cells()) {
      @Nullable CellState state = states.get(cell.id());
      if (state != null && state.begun()) {
        begun++;
        if (state.problem() != null) {
          problems.add(state.problem());
        }
        if (state.sent() != null) {
          counts.merge(state.sent(), 1, Integer::sum);
        }
      }
    }
    if (sweepProblem != null) {
      problems.add(sweepProblem);
    }
    if (fault != null) {
      problems.add(fault);
    }
    return new SyncResult(
        String.valueOf(folder.path().getFileName()),
        begun,
        counts.getOrDefault(Sent.FRESH, 0),
        counts.getOrDefault(Sent.UPDATED, 0),
        counts.getOrDefault(Sent.UNCHANGED, 0),
        List.copyOf(problems),
        experiment == null ? null : Links.runs(server.address().uri(), experiment),
        links);
  }
}
