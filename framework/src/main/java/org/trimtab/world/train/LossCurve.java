package org.trimtab.world.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The loss curve of a training: means over twenty steps. */
public final class LossCurve {
  private static final int STEPS = 20;

  private LossCurve() {}

  /** Writes a CSV file with the columns step (the last of its group) and loss (nats per token). */
  public static void write(float[] losses, Path file) {
    StringBuilder text = new StringBuilder("step,loss\n");
    for (int from = 0; from < losses.length; from += STEPS) {
      int to = Math.min(losses.length, from + STEPS);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += losses[i];
      }
      text.append(String.format(Locale.ROOT, "%d,%.4f\n", to, sum / (to - from)));
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
