package org.trimtab.evaluate.grade;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.grade.JudgeFault.Reach;
import org.trimtab.io.Backoff;

/**
 * A judge behind an endpoint. Failed requests are retried after a growing pause. After several
 * consecutive answers for which all attempts failed, or a refusal of every request, it stops
 * asking: the remaining answers stay ungraded, and no run waits for a judge that is down.
 */
final class EndpointJudge implements Judge {
  private static final int PATIENCE = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final JudgeSettings settings;
  private final String url;
  private final GradingPrompt prompt;
  private final ChatEndpoint endpoint;
  private final ReplyCache cache;
  private final Backoff backoff;
  private final ExecutorService threads;
  private final AtomicInteger failedInRow = new AtomicInteger();
  private final AtomicReference<@Nullable String> givenUp = new AtomicReference<>();

  /**
   * A judge.
   *
   * @param url its base address
   * @param key null for none
   * @param firstPause before the second attempt; doubled for each further one
   */
  EndpointJudge(
      String url,
      JudgeSettings settings,
      @Nullable String key,
      ReplyCache cache,
      Duration firstPause) {
    this.settings = settings;
    this.url = url;
    this.prompt = new GradingPrompt(settings.template());
    this.endpoint = new ChatEndpoint(url, settings, key);
    this.cache = cache;
    this.backoff = new Backoff(firstPause, LONGEST_PAUSE);
    this.threads =
        Executors.newFixedThreadPool(settings.calls().concurrency(), EndpointJudge::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "judge-call");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public List<Verdict> grade(List<Candidate> candidates) {
    List<Future<Verdict>> calls = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Callable<Verdict> call = () -> grade(candidate);
      calls.add(threads.submit(call));
    }
    List<Verdict> verdicts = new ArrayList<>();
    try {
      for (Future<Verdict> call : calls) {
        verdicts.add(call.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserException user) {
        throw user;
      }
      throw new IllegalStateException("a call of the judge failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while the judge was at work", e);
    } finally {
      calls.forEach(call -> call.cancel(true));
    }
    return verdicts;
  }

  private Verdict grade(Candidate candidate) throws InterruptedException {
    String request = endpoint.request(prompt.of(candidate));
    Optional<String> kept = cache.find(url, request);
    if (kept.isPresent()) {
      return Verdict.of("", kept.get(), settings.parser());
    }
    String reason = givenUp.get();
    if (reason != null) {
      return Verdict.ungraded(reason);
    }
    try {
      String reply = patiently(request);
      failedInRow.set(0);
      Verdict verdict = Verdict.of("", reply, settings.parser());
      if (verdict.grade() != Grade.UNGRADED) {
        cache.keep(url, request, reply);
      }
      return verdict;
    } catch (JudgeFault fault) {
      boolean last =
          switch (fault.reach()) {
            case ENDPOINT -> true;
            case PASSING -> failedInRow.incrementAndGet() >= PATIENCE;
            case REQUEST -> false;
          };
      if (last) {
        givenUp.compareAndSet(null, fault.text());
      }
      return Verdict.ungraded(fault.text());
    }
  }

  private String patiently(String request) throws JudgeFault, InterruptedException {
    for (int attempt = 0; ; attempt++) {
      try {
        return endpoint.reply(request);
      } catch (JudgeFault fault) {
        boolean again = fault.reach() == Reach.PASSING && attempt < settings.calls().retries();
        if (!again || givenUp.get() != null) {
          throw fault;
        }
        Duration asked = fault.pause();
        Duration pause = asked == null ? backoff.after(attempt + 1) : backoff.atMost(asked);
        Thread.sleep(pause.toMillis());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
