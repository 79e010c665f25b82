package org.trimtab.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated inputs by the hundred, from one seed. Settings, each as -D: trimtab.mutations.seed,
 * trimtab.mutations.KIND (how many, or a range such as 17-17 to try one again), KIND being
 * journals, specs or models; trimtab.mutations.workers and trimtab.mutations.seconds (per command).
 * The findings are in target/mutations, with the mutated inputs of faults.
 */
class MutationIT {
  private static final long SEED = Long.getLong("trimtab.mutations.seed", 0);
  private static final int WORKERS = Integer.getInteger("trimtab.mutations.workers", 2);
  private static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("trimtab.mutations.seconds", 60));

  @TempDir private Path folder = Path.of("");

  /** Makes the mutations of a kind from a folder of their own, a folder of data and a program. */
  private interface Maker {
    Mutations make(Path folder, Path data, WorkerProcess program) throws IOException;
  }

  private record Tried(int index, Mutant mutant, Verdict verdict) {}

  @Test
  void journals() throws Exception {
    run("journals", 400, JournalMutations::make);
  }

  @Test
  void specs() throws Exception {
    run("specs", 1000, SpecMutations::make);
  }

  @Test
  void models() throws Exception {
    run("models", 400, ModelMutations::make);
  }

  private void run(String kind, int count, Maker maker)
      throws IOException, InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    Path data = folder.resolve("data");
    Mutations mutations;
    try (WorkerProcess program = new WorkerProcess(folder.resolve("first"), data, LIMIT)) {
      mutations = maker.make(Files.createDirectories(folder.resolve("base")), data, program);
    }
    Path target = emptied(Path.of("target/mutations").resolve(kind));
    ConcurrentLinkedQueue<Integer> waiting = new ConcurrentLinkedQueue<>(indices(kind, count));
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    List<Tried> tried = new ArrayList<>();
    try {
      List<Future<List<Tried>>> parts = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        Path own = folder.resolve("worker-" + worker);
        parts.add(threads.submit(part(mutations, waiting, own, data, target)));
      }
      for (Future<List<Tried>> part : parts) {
        tried.addAll(part.get());
      }
    } finally {
      threads.shutdownNow();
    }
    tried.sort(Comparator.comparingInt(Tried::index));
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    String counts = counts(kind, tried, time);
    System.out.println(counts);
    Files.writeString(target.resolve("counts.txt"), counts);
    Files.write(target.resolve("all.txt"), tried.stream().map(MutationIT::line).toList());
    assertThat(tried.stream().filter(one -> one.verdict().outcome().fault()).map(MutationIT::line))
        .as(counts)
        .isEmpty();
  }

  private static List<Integer> indices(String kind, int count) {
    String set = System.getProperty("trimtab.mutations." + kind, Integer.toString(count));
    String[] range = set.split("-");
    int from = range.length == 1 ? 0 : Integer.parseInt(range[0]);
    int to = Integer.parseInt(range[range.length - 1]) + (range.length == 1 ? 0 : 1);
    return IntStream.range(from, to).boxed().toList();
  }

  /** What one worker does: one mutated input after another, until none is left. */
  private static Callable<List<Tried>> part(
      Mutations mutations,
      ConcurrentLinkedQueue<Integer> waiting,
      Path own,
      Path data,
      Path target) {
    return () -> {
      List<Tried> tried = new ArrayList<>();
      try (WorkerProcess program = new WorkerProcess(own, data, LIMIT)) {
        for (Integer index = waiting.poll(); index != null; index = waiting.poll()) {
          Path place = Files.createDirectory(own.resolve(mutations.kind() + "-" + index));
          Mutant mutant = mutations.write(new Draw(SEED, mutations.kind(), index), place);
          Verdict verdict = mutations.judge(mutant, place, program);
          tried.add(new Tried(index, mutant, verdict));
          if (verdict.outcome().fault()) {
            Files.writeString(
                target.resolve(index + ".txt"),
                line(tried.get(tried.size() - 1)) + "\n\n" + verdict.detail() + "\n");
          }
          delete(place);
        }
      }
      return tried;
    };
  }

  private static String line(Tried one) {
    String detail = one.verdict().detail().replaceAll("\\s+", " ");
    return "%s  %d  [%s] %s %s  ->  %s"
        .formatted(
            one.verdict().outcome().title(),
            one.index(),
            one.mutant().expected(),
            one.mutant().subject(),
            one.mutant().what(),
            detail.substring(0, Math.min(300, detail.length())));
  }

  private static String counts(String kind, List<Tried> tried, Duration time) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    tried.forEach(one -> counts.merge(one.verdict().outcome(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(
        "%d mutated %s, seed %d, %d s%n".formatted(tried.size(), kind, SEED, time.toSeconds()));
    for (Outcome outcome : Outcome.values()) {
      text.append("%6d  %s%n".formatted(counts.getOrDefault(outcome, 0), outcome.title()));
    }
    return text.toString();
  }

  private static Path emptied(Path folder) throws IOException {
    delete(folder);
    return Files.createDirectories(folder);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
