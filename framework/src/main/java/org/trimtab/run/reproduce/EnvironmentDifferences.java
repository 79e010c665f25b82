package org.trimtab.run.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Machine;
import org.trimtab.run.Environment;

/**
 * Compares the environment in which a cell ran with the present one. {@link CodeDifferences}
 * compares the program itself (commit, version).
 */
public final class EnvironmentDifferences {
  private static final String NOT_RECORDED = "not recorded";

  private final Environment was;
  private final Environment is;
  private final List<Difference> differences = new ArrayList<>();

  private EnvironmentDifferences(Environment was, Environment is) {
    this.was = was;
    this.is = is;
  }

  /** All differences with their severity; none if bit-equal numbers are expected. */
  public static List<Difference> between(Environment was, Environment is) {
    EnvironmentDifferences found = new EnvironmentDifferences(was, is);
    found.device();
    found.engine();
    found.machine(was.machine(), is.machine());
    found.around();
    return List.copyOf(found.differences);
  }

  private void device() {
    boolean sameKind = kind(was).equals(kind(is));
    add(
        "device",
        was.device(),
        is.device(),
        sameKind ? Severity.HARMLESS : Severity.ARITHMETIC,
        sameKind
            ? "which of several GPUs does not matter; its model is compared separately"
            : "a GPU multiplies matrices with other kernels than the CPU");
  }

  private void engine() {
    add("engine", was.engine(), is.engine(), rounding(), "another version may have other kernels");
  }

  private void machine(Machine before, Machine now) {
    boolean onCpu = kind(was).equals("cpu") || kind(is).equals("cpu");
    Severity ofCpu = onCpu ? rounding() : Severity.HARMLESS;
    String unused = "the GPU computes";
    add(
        "native library",
        before.library(),
        now.library(),
        rounding(),
        "another build may have other kernels");
    add(
        "processor",
        before.processor(),
        now.processor(),
        ofCpu,
        onCpu ? "kernels for other vector units add in another order" : unused);
    add(
        "threads",
        before.threads(),
        now.threads(),
        ofCpu,
        onCpu ? "sums are split differently; OMP_NUM_THREADS sets the number" : unused);
    add(
        "processors of the process",
        before.cores(),
        now.cores(),
        Severity.HARMLESS,
        "they bound the threads, which are compared separately");
    if (kind(was).equals("gpu") && kind(is).equals("gpu")) {
      add("GPU", before.gpu(), now.gpu(), rounding(), "another model adds in another order");
      add(
          "GPU driver",
          before.driver(),
          now.driver(),
          Severity.HARMLESS,
          "the kernels come with the engine");
    }
  }

  /** Conditions that compute no log-likelihood. */
  private void around() {
    String fp64 = "it only sums finished scores, in fp64";
    add("Java", was.java(), is.java(), Severity.HARMLESS, fp64);
    add("Java's vendor", was.javaVendor(), is.javaVendor(), Severity.HARMLESS, fp64);
    add(
        "operating system",
        was.os(),
        is.os(),
        Severity.HARMLESS,
        "the engine brings its own mathematical libraries");
    add(
        "tokenizers library",
        was.tokenizers(),
        is.tokenizers(),
        Severity.HARMLESS,
        "the tokenizer's files define the ids; different ids would appear as large differences");
  }

  /** In float16 a rounding error is as large as the difference between devices in float32. */
  private Severity rounding() {
    return is.device().endsWith("float16") ? Severity.ARITHMETIC : Severity.ROUNDING;
  }

  private void add(
      String what, @Nullable Object before, @Nullable Object now, Severity severity, String why) {
    if (!Objects.equals(before, now)) {
      differences.add(new Difference(what, shown(before), shown(now), severity, why));
    }
  }

  private static String shown(@Nullable Object value) {
    return value == null ? NOT_RECORDED : value.toString();
  }

  /** {@code cpu} or {@code gpu}. */
  private static String kind(Environment environment) {
    return environment.device().startsWith("gpu") ? "gpu" : "cpu";
  }
}
