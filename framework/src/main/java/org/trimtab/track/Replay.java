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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trimtab.UserException;
import org.trimtab.io.FileStamp;
import org.trimtab.io.FolderLock;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellFolder;
import org.trimtab.run.CellJournal;
import org.trimtab.run.ResultFolder;
import org.trimtab.track.MlflowServer.KnownRun;

/**
 * Sends a results folder to a server, repeatedly if desired. It asks the server what it has and
 * sends only what is missing: a second replay sends nothing, and the next replay completes an
 * interrupted one. Not thread-safe.
 */
final class Replay {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);

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
    Sweep known = sweep();
    List<CellState> begun = begun(known);
    List<CellState> open =
        begun.stream()
            .filter(state -> !state.settled)
            // Those that failed often come last.
            .sorted(Comparator.comparing(state -> state.faults))
            .toList();
    List<CellJournal> journals =
        begun.stream().map(state -> state.journal).filter(Objects::nonNull).toList();
    boolean running = live || begun.stream().anyMatch(state -> state.held);
    // Equal in two passes between which no file of the whole sweep has changed.
    List<Object> ofSweep =
        List.of(
            FileStamp.of(known.paths()),
            running,
            journals.stream().map(CellJournal::status).toList());
    if (journals.isEmpty() || (open.isEmpty() && ofSweep.equals(sentOfSweep))) {
      return;
    }
    try {
      String id = experiment(known, journals);
      Set<String> keys = new LinkedHashSet<>(Set.of(known.key()));
      open.forEach(state -> keys.add(Sweep.key(state.cell)));
      Map<String, KnownRun> runs = find(id, keys);
      RunContent whole = known.content(journals, running);
      @Nullable KnownRun found = runs.get(known.key());
      KnownRun parent = found == null ? server.create(id, whole) : found;
      for (CellState state : open) {
        CellJournal journal = state.journal;
        if (journal != null) {
          RunContent content = CellContent.of(known, journal, state.held, parent.id());
          sendCell(id, content, runs.get(content.key()), state);
          int settled = (int) begun.stream().filter(each -> each.settled).count();
          progress.settled(known.plan().name(), settled, begun.size());
        }
      }
      sendSweep(known, journals, whole, parent, running ? null : id);
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

  private List<CellState> begun(Sweep known) {
    List<CellState> begun = new ArrayList<>();
    for (Cell cell : known.plan().cells()) {
      CellState state = states.computeIfAbsent(cell.id(), id -> new CellState(folder, cell));
      state.refresh();
      if (state.begun()) {
        begun.add(state);
      }
    }
    return begun;
  }

  /**
   * Sends the sweep's own run, and when it is finished its saved view, one more tag of the
   * experiment.
   *
   * @param finished the experiment's id; null while cells run
   */
  private void sendSweep(
      Sweep known,
      List<CellJournal> journals,
      RunContent whole,
      KnownRun parent,
      @Nullable String finished)
      throws ServerFault, InterruptedException {
    try {
      sender.send(whole, parent);
      sweepProblem = null;
    } catch (ServerFault e) {
      sweepProblem = refusal(e);
    }
    if (finished == null || sweepProblem != null) {
      return;
    }
    List<String> runs =
        known.plan().cells().stream()
            .map(cell -> states.get(cell.id()))
            .filter(Objects::nonNull)
            .map(state -> state.run)
            .filter(Objects::nonNull)
            .toList();
    Links.SweepRuns page =
        known.runs(journals, server.address().uri(), finished, parent.id(), runs);
    Links.SavedView view = Links.SavedView.of(page);
    Map<String, String> tags = new LinkedHashMap<>(known.experimentTags(journals));
    tags.put(view.tag(), view.value());
    Links made = Links.of(page);
    try {
      server.experiment(known.plan().name(), tags);
    } catch (ServerFault e) {
      log.debug("the view is not saved: {}", refusal(e));
      made = made.withoutView();
    }
    links = made;
  }

  private String experiment(Sweep known, List<CellJournal> journals)
      throws ServerFault, InterruptedException {
    Map<String, String> tags = known.experimentTags(journals);
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
      state.run = run.id();
      boolean sent = sender.send(content, run);
      state.settle(found == null ? Sent.FRESH : sent ? Sent.UPDATED : Sent.UNCHANGED);
    } catch (ServerFault e) {
      state.faults++;
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
      String key = run.tag(RunContent.KEY);
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
        if (state.problem != null) {
          problems.add(state.problem);
        } else if (state.settled && state.sent != null) {
          counts.merge(state.sent, 1, Integer::sum);
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

  /** The outcome of sending a run. */
  private enum Sent {
    FRESH,
    UPDATED,
    UNCHANGED
  }

  /** The state of a cell: what was read of its files and what was sent. */
  private static final class CellState {
    private final ResultFolder folder;
    private final Cell cell;
    private @Nullable FileStamp system;
    private @Nullable FileStamp stamp;

    /** Null if it is missing or unreadable. */
    private @Nullable CellJournal journal;

    /** Whether a process works on the cell. */
    private boolean held;

    /** Whether everything that the files held when last read is sent or refused. */
    private boolean settled;

    private @Nullable Sent sent;

    /** The id of its run on the server; null before it has one. */
    private @Nullable String run;

    /** Why it was not sent; null if it was, or may still be. */
    private @Nullable String problem;

    /** How often its sending failed. */
    private int faults;

    CellState(ResultFolder folder, Cell cell) {
      this.folder = folder;
      this.cell = cell;
    }

    /** Reads the journal if it has changed; otherwise a settled cell stays settled. */
    void refresh() {
      CellFolder files = folder.cell(cell.id());
      boolean open = journal == null || journal.end() == null;
      boolean heldNow = open && FolderLock.isHeld(files.lock());
      FileStamp systemNow = FileStamp.of(files.system());
      FileStamp now = FileStamp.of(files.journal());
      boolean same = heldNow == held && systemNow.equals(system);
      if (same && now.equals(stamp)) {
        return;
      }
      CellJournal before = journal;
      held = heldNow;
      system = systemNow;
      stamp = now;
      try {
        journal = folder.summary(cell).orElse(null);
        if (!same || before == null || !before.equals(journal)) {
          settled = false;
          problem = null;
        }
      } catch (UserException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        journal = null;
        refuse(String.valueOf(e.getMessage()));
      }
    }

    /** Whether there is something to send or to report. */
    boolean begun() {
      return journal != null || problem != null;
    }

    /** Everything is sent. A run created by this replay stays fresh. */
    void settle(Sent how) {
      settled = true;
      if (sent == null || sent == Sent.UNCHANGED) {
        sent = how;
      }
    }

    /** Records that it cannot be sent before its files change. */
    void refuse(String reason) {
      settled = true;
      problem = reason;
    }
  }
}
