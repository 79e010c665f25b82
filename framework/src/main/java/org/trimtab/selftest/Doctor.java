package org.trimtab.selftest;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.Release;
import org.trimtab.UserException;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.io.TextTable;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.kernel.Machine;
import org.trimtab.model.tokenize.Tokenizers;

/** Examines everything around the program that a run depends on. Changes nothing. */
public final class Doctor {
  private static final long MEBIBYTE = 1L << 20;
  private static final long SMALL_MEMORY = 4L << 30;
  private static final long SMALL_DISK = 2L << 30;
  private static final String TUNABLES = "GLIBC_TUNABLES";

  private final SourceSettings sources;
  private final Path project;
  private final Map<String, String> environment;
  private final List<List<String>> lines = new ArrayList<>();
  private final List<String> advice = new ArrayList<>();
  private boolean ready = true;

  /**
   * The findings.
   *
   * @param lines pairs of name and finding, in order
   * @param advice what to change, most urgent first
   * @param ready whether runs can work
   */
  public record Report(List<List<String>> lines, List<String> advice, boolean ready) {
    /** Copies the lists. */
    public Report {
      lines = List.copyOf(lines);
      advice = List.copyOf(advice);
    }

    public String text() {
      TextTable table = new TextTable("what", "found");
      lines.forEach(table::row);
      StringBuilder text = new StringBuilder(table.text()).append('\n');
      advice.forEach(line -> text.append("Advice: ").append(line).append('\n'));
      return text.append(ready ? "Ready.\n" : "Not ready.\n").toString();
    }
  }

  private Doctor(SourceSettings sources, Path project, Map<String, String> environment) {
    this.sources = sources;
    this.project = project;
    this.environment = environment;
  }

  /** Examines this machine. */
  public static Report examine(
      SourceSettings sources, Path project, Map<String, String> environment) {
    Doctor doctor = new Doctor(sources, project, environment);
    doctor.java();
    doctor.engine();
    doctor.memory();
    doctor.cache();
    doctor.data();
    doctor.models();
    return new Report(doctor.lines, doctor.advice, doctor.ready);
  }

  private void java() {
    line("Trimtab", Release.version());
    line("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    line(
        "system",
        "%s %s %s, %s processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
  }

  private void engine() {
    try {
      Engine engine = Devices.engine();
      String version = engine.getVersion();
      int gpus = engine.getGpuCount();
      Machine machine = Machine.of(gpus == 0 ? Device.cpu() : Device.gpu(0));
      line(
          "engine",
          "PyTorch %s (%s), DJL %s".formatted(version, machine.library(), Engine.getDjlVersion()));
      line("tokenizers", Tokenizers.libraryVersion());
      line("processor", machine.processor() == null ? "unknown" : machine.processor());
      line("threads", machine.threads() + " in a kernel");
      line("devices", gpus == 0 ? "cpu" : "cpu, " + gpus + (gpus == 1 ? " GPU" : " GPUs"));
      if (machine.gpu() != null) {
        line("GPU", machine.gpu() + ", driver " + machine.driver());
      }
      if (gpus == 0 && Files.exists(Path.of("/proc/driver/nvidia/version"))) {
        advice.add(
            "there is an NVIDIA driver, but the engine sees no GPU: set PYTORCH_LIBRARY_PATH,"
                + " PYTORCH_VERSION and PYTORCH_FLAVOR to a CUDA build of libtorch "
                + version);
      }
    } catch (UserException e) {
      ready = false;
      line("engine", "does not start");
      advice.add(String.valueOf(e.getMessage()));
    }
  }

  private void memory() {
    line("Java heap", megabytes(Runtime.getRuntime().maxMemory()) + " at most");
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long total = system.getTotalMemorySize();
      line("memory", megabytes(total) + ", " + megabytes(system.getFreeMemorySize()) + " free");
      if (total < SMALL_MEMORY) {
        advice.add("with less than 4 GiB of memory only the smallest models fit");
      }
    }
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    String tunables = environment.getOrDefault(TUNABLES, "");
    boolean set = tunables.contains("glibc.malloc.mmap_threshold");
    if (linux) {
      line("allocator", set ? "tuned by " + TUNABLES : "glibc's defaults");
      if (!set) {
        advice.add(
            "start the program by ./run, which sets "
                + TUNABLES
                + ": with glibc's defaults every large tensor is mapped afresh, which is slow");
      }
    }
  }

  private void cache() {
    Path cache = sources.cache();
    if (!Files.isDirectory(cache)) {
      line("cache", cache + " (does not exist yet)");
      return;
    }
    try (Stream<Path> files = Files.walk(cache)) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(Doctor::size).sum();
      long free = Files.getFileStore(cache).getUsableSpace();
      line("cache", cache + ", " + megabytes(bytes) + "; " + megabytes(free) + " of disk free");
      if (free < SMALL_DISK) {
        advice.add("little disk is free; TRIMTAB_CACHE can name a folder on another disk");
      }
      if (!Files.isWritable(cache)) {
        ready = false;
        advice.add(cache + " cannot be written; TRIMTAB_CACHE can name another folder");
      }
    } catch (IOException | UncheckedIOException e) {
      line("cache", cache + " cannot be read");
      advice.add(cache + ": " + e.getMessage());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private void data() {
    List<String> missing = new ArrayList<>();
    List<String> bundled = new ArrayList<>();
    for (Datasets.Listing dataset : new Datasets(sources, null, project, Progress.NONE).list()) {
      if (dataset.bundled()) {
        bundled.add(dataset.name());
        continue;
      }
      line(
          "data", dataset.name() + ": " + dataset.present().map(Path::toString).orElse("not here"));
      if (dataset.present().isEmpty()) {
        missing.add(dataset.name());
      }
    }
    line("data", "part of the program: " + String.join(", ", bundled));
    if (!missing.isEmpty()) {
      advice.add(
          String.join(", ", missing)
              + " will be downloaded when needed; --data DIR or TRIMTAB_DATA can name a folder with them");
    }
  }

  private void models() {
    boolean any = false;
    for (ModelSource.Listing model : new ModelSource(sources, Progress.NONE).list()) {
      if (model.present().isPresent()) {
        any = true;
        line("model", model.name() + ": " + model.present().get());
      }
    }
    if (!any) {
      line("model", "none of the catalogue is present");
      advice.add("'./run models fetch NAME' downloads a model; a run does so automatically");
    }
  }

  private void line(String what, String found) {
    lines.add(List.of(what, found));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", bytes / MEBIBYTE);
  }
}
