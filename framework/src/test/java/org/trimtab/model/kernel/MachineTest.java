package org.trimtab.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theProcessorIsNamedAsLinuxNamesIt() throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel name\t: Abacus 9: large\nprocessor\t: 1\n");
    assertThat(Machine.processor(file)).isEqualTo("Abacus 9: large");
  }

  @Test
  void theCpuIsKnownWithItsThreadsAndLibrary() {
    Machine machine = Machine.of(Device.cpu());
    assertThat(machine.threads()).isPositive();
    assertThat(machine.cores()).isPositive();
    assertThat(machine.library()).isNotBlank();
    assertThat(machine.gpu()).isNull();
  }
}
