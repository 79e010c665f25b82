package org.trimtab.selftest;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.TextTable;

/** Parity with all fixture folders of a folder. */
public final class ParityReport {
  private static final String EXPECTED = "expected.safetensors";
  private static final List<String> MODEL =
      List.of("hidden", "logits", "greedy", "edit.logits", "edit.greedy");
  private static final List<String> SITES =
      List.of(
          "delta.logits",
          "delta.loss",
          "delta.grad",
          "prox.losses",
          "prox.vector",
          "prox.zeros",
          "fusion.logits",
          "fusion.greedy",
          "adapter.logits",
          "adapter.train.losses",
          "adapter.train.margins");

  private final List<ParityCheck.Result> results;
  private final List<String> skipped;

  private ParityReport(List<ParityCheck.Result> results, List<String> skipped) {
    this.results = results;
    this.skipped = skipped;
  }

  /**
   * Compares the decoder with fixture folders.
   *
   * @param folder a fixture folder, or a folder of such
   * @param weights a folder of FAMILY.gguf files to use instead of the fixtures' own weights,
   *     skipping families without one; null for the fixtures' own
   * @throws UserException when there is nothing to compare
   */
  public static ParityReport of(Path folder, @Nullable Path weights, Device device) {
    if (weights != null && !Files.isDirectory(weights)) {
      throw new UserException(weights + ": there is no such folder of FAMILY.gguf files");
    }
    List<ParityCheck.Result> results = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Path fixture : fixtures(folder)) {
      String family = String.valueOf(fixture.toAbsolutePath().normalize().getFileName());
      @Nullable Path file = weights == null ? null : weights.resolve(family + ".gguf");
      if (file == null || Files.isRegularFile(file)) {
        results.add(ParityCheck.run(fixture, file, device));
      } else {
        skipped.add(family);
      }
    }
    if (results.isEmpty()) {
      throw new UserException(
          "%s: holds no weights for %s; expected files such as %s.gguf"
              .formatted(weights, String.join(", ", skipped), skipped.get(0)));
    }
    return new ParityReport(results, skipped);
  }

  private static List<Path> fixtures(Path folder) {
    if (Files.isRegularFile(folder.resolve(EXPECTED))) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new UserException(folder + ": there is no such folder of fixtures");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> found =
          entries.filter(entry -> Files.isRegularFile(entry.resolve(EXPECTED))).sorted().toList();
      if (found.isEmpty()) {
        throw new UserException(
            ("%s: neither this folder nor one in it holds %s; name a fixture folder"
                    + " (config.json, model.safetensors, %s, meta.json) or a folder of such")
                .formatted(folder, EXPECTED, EXPECTED));
      }
      return found;
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be read", e);
    }
  }

  /** The result for each family. */
  public List<ParityCheck.Result> results() {
    return results;
  }

  /** Whether every comparison of every family is within tolerance. */
  public boolean passes() {
    return results.stream().allMatch(ParityCheck.Result::passes);
  }

  /**
   * As text: the largest differences by family and kind, then what failed or could not be compared.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(table(MODEL)).append('\n').append(table(SITES)).append('\n');
    List<Finding> all = results.stream().flatMap(result -> result.findings().stream()).toList();
    for (Finding finding : all) {
      if (!finding.passes()) {
        text.append(
            "FAIL %s %s: %s (tolerance %.0e) %s\n"
                .formatted(
                    finding.subject(),
                    finding.kind(),
                    finding.shown(),
                    finding.tolerance(),
                    finding.note()));
      }
    }
    for (ParityCheck.Result result : results) {
      if (!result.absent().isEmpty()) {
        text.append(result.family())
            .append(": compared as far as possible; it lacks ")
            .append(String.join(", ", result.absent()))
            .append('\n');
      }
    }
    Set<String> unread = new TreeSet<>();
    results.forEach(result -> result.unread().forEach(name -> unread.add(group(name))));
    if (!unread.isEmpty()) {
      text.append("In fixtures but not compared: " + String.join(", ", unread) + "\n");
    }
    if (!skipped.isEmpty()) {
      text.append("No weights given for: " + String.join(", ", skipped) + "\n");
    }
    return text.append(FindingText.verdict(all)).toString();
  }

  private String table(List<String> kinds) {
    List<String> header = new ArrayList<>(List.of("family"));
    header.addAll(kinds);
    header.add("result");
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (ParityCheck.Result result : results) {
      List<String> row = new ArrayList<>(List.of(result.family()));
      boolean passes = true;
      for (String kind : kinds) {
        List<Finding> own =
            result.findings().stream().filter(finding -> isKind(finding, kind)).toList();
        row.add(largest(own));
        passes &= own.stream().allMatch(Finding::passes);
      }
      row.add(passes ? "pass" : "FAIL");
      table.row(row);
    }
    return table.text();
  }

  private static boolean isKind(Finding finding, String kind) {
    return finding.kind().equals(kind)
        || (kind.equals("hidden") && finding.kind().startsWith("hidden."));
  }

  private static String largest(List<Finding> findings) {
    @Nullable Finding worst = null;
    for (Finding finding : findings) {
      // Double.compare orders NaN above every number.
      if (worst == null || Double.compare(finding.difference(), worst.difference()) > 0) {
        worst = finding;
      }
    }
    return worst == null ? "-" : worst.shown();
  }

  /** The tensor's name without its last part: {@code adapter.train} for its losses. */
  private static String group(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot < 0 ? tensor : tensor.substring(0, dot);
  }
}
