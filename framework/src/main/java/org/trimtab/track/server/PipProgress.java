package org.trimtab.track.server;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.data.source.Progress;

/** Turns the lines that pip prints into progress: bytes of the downloads begun. */
final class PipProgress {
  private static final Pattern FILE =
      Pattern.compile("(?:Downloading|Using cached) .*\\(([0-9.]+) (bytes|kB|MB|GB)\\)");

  private final String what;
  private final Progress progress;
  private long bytes;

  PipProgress(String what, Progress progress) {
    this.what = what;
    this.progress = progress;
  }

  /** Takes one line of pip's output. */
  void line(String line) {
    Matcher file = FILE.matcher(line);
    if (file.matches()) {
      bytes += Math.round(Double.parseDouble(file.group(1)) * unit(file.group(2)));
      progress.advance(what, bytes, OptionalLong.empty());
    } else if (line.startsWith("Installing collected packages:")) {
      int packages = line.substring(line.indexOf(':') + 1).split(",").length;
      progress.note("unpacking " + packages + " packages");
    }
  }

  private static double unit(String name) {
    return switch (name) {
      case "kB" -> 1e3;
      case "MB" -> 1e6;
      case "GB" -> 1e9;
      default -> 1;
    };
  }
}
