package org.trimtab.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackingTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private Packing packing;

  @BeforeEach
  void onAProcessorWithOneDnn() {
    Assumptions.assumeTrue(Packing.of(manager).isPresent());
    packing = Packing.of(manager).orElseThrow();
  }

  @AfterEach
  void free() {
    packing.close();
    manager.close();
  }

  private NDArray normal(long... shape) {
    return manager.randomNormal(0, 1, new Shape(shape), DataType.FLOAT32);
  }

  @Test
  void anUnpackedWeightIsThePlainOneToTheLastBit() {
    NDArray weight = normal(70, 33);
    NDArray unpacked = packing.unpack(packing.pack(weight));
    assertThat(unpacked.toFloatArray()).containsExactly(weight.toFloatArray());
  }

  @Test
  void aPackedProductIsThePlainOneAndDoesNotDependOnTheRowsBesideIt() {
    NDArray weight = normal(300, 128);
    NDArray x = normal(40, 128);
    NDArray packed = packing.pack(weight);
    float[] found = packing.product(x, packed).toFloatArray();
    float[] plain = Tensors.linear(x, weight).toFloatArray();
    for (int i = 0; i < plain.length; i++) {
      assertThat(found[i]).isCloseTo(plain[i], within(1e-4f));
    }
    float[] few = packing.product(x.get("0:3"), packed).toFloatArray();
    assertThat(few).containsExactly(Arrays.copyOf(found, few.length));
  }
}
