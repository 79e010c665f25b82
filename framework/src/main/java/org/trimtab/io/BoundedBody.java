package org.trimtab.io;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The text of an answer in UTF-8, up to a limit. */
public final class BoundedBody implements BodySubscriber<String> {
  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private final long most;
  private Flow.@Nullable Subscription subscription;
  private long received;

  private BoundedBody(long most) {
    this.most = most;
  }

  /**
   * Reads answers of at most that many bytes; a longer one is an IOException, and not read further.
   */
  public static BodyHandler<String> upTo(long most) {
    return head -> {
      BoundedBody body = new BoundedBody(most);
      if (head.headers().firstValueAsLong("Content-Length").orElse(0) > most) {
        body.refuse();
      }
      return body;
    };
  }

  private void refuse() {
    received = Long.MAX_VALUE;
    text.onError(new IOException("the answer is longer than %,d bytes".formatted(most)));
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (received > most) {
      given.cancel();
    } else {
      text.onSubscribe(given);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (received > most) {
      return;
    }
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (received <= most) {
      text.onNext(buffers);
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    refuse();
  }

  @Override
  public void onError(Throwable failure) {
    text.onError(failure);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
