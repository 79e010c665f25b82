package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.selftest.Doctor;
import picocli.CommandLine.Command;

/** Examines the machine. */
@Command(
    name = "doctor",
    header = "Show Java, engine, devices, memory, cache, data sets and models, with advice.",
    footer = {"", "Example:", "  ./run doctor"})
final class DoctorCommand implements Callable<Integer> {
  private final Host host;

  DoctorCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Doctor.Report report = Doctor.examine(host.sources(), host.project(), host.environment());
    host.print(report.text());
    return report.ready() ? 0 : Failures.FAILED;
  }
}
