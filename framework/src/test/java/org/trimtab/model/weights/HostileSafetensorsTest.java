package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class HostileSafetensorsTest {
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, 100_000_001, 1L << 32, 25, 1, 0})
  void refusesImpossibleHeaderLengths(long length) {
    byte[] file = WeightFixtures.safetensors("{}                      ", 0);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.bin")
        .hasMessageContaining(Long.toUnsignedString(length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [0, 4]}}|should take 8 bytes",
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [4, 12]}}|outside the file",
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [-8, 0]}}|outside the file",
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [8, 0]}}|outside the file",
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [0, 8, 9]}}|outside the file",
        "{`a`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [0, 8.0]}}|VALUE_NUMBER_INT",
        "{`a`: {`dtype`: `F32`, `shape`: [-2], `data_offsets`: [0, 8]}}|negative length",
        "{`a`: {`dtype`: `F32`, `shape`: [4294967296, 4294967296], `data_offsets`: [0, 8]}}|impossible",
        "{`a`: {`dtype`: `F32`, `shape`: [4611686018427387904], `data_offsets`: [0, 8]}}|impossible",
        "{`a`: {`dtype`: `F32`, `shape`: [99999999999999999999], `data_offsets`: [0, 8]}}|broken",
        "{`a`: {`dtype`: `F32`, `shape`: [1e99999999], `data_offsets`: [0, 8]}}|broken",
        "{`a`: {`dtype`: `F8_E8M0`, `shape`: [8], `data_offsets`: [0, 8]}}|readable types are F32",
        "{`a`: {`dtype`: `Q4_0`, `shape`: [8], `data_offsets`: [0, 8]}}|readable types are F32",
        "{`a`: {`dtype`: 3, `shape`: [2], `data_offsets`: [0, 8]}}|'dtype' of 'a'",
        "{`a`: {`shape`: [2], `data_offsets`: [0, 8]}}|needs dtype, shape and data_offsets",
        "{`a`: 3}|entry 'a' should be START_OBJECT",
        "[1]|the header should be START_OBJECT",
        "{} {}|more in its header than one",
        "{`a`: |broken header",
        "{}|has 8 bytes of data, but its tensors take 0",
        "{`a`: {`dtype`: `F32`, `shape`: [1], `data_offsets`: [0, 4]}, `b`: {`dtype`: `F32`, `shape`: [2], `data_offsets`: [0, 8]}}|overlaps tensor",
        "{`a`: {`dtype`: `F32`, `shape`: [1], `data_offsets`: [0, 4]}, `a`: {`dtype`: `F32`, `shape`: [1], `data_offsets`: [4, 8]}}|Duplicate",
      })
  void refusesHeadersThatLie(String header, String message) {
    byte[] file = WeightFixtures.safetensors(header.replace('`', '"'), 8);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.bin")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"a\": {\"b\": ["})
  void refusesDeepNesting(String opening) {
    String header = "{\"a\": {\"x\": " + opening.repeat(100_000);

    assertThatThrownBy(() -> read(WeightFixtures.safetensors(header, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("broken header");
  }

  @Test
  void readsAHeaderOfManyTensorsQuickly() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append("\"t")
          .append(i)
          .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }

    assertThat(SafetensorsHeader.read(inMemory(header.append('}').toString()))).hasSize(50_000);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] file = WeightFixtures.bytes("gguf/blocks.safetensors");
    for (int length = 0; length < file.length; length += length < 4000 ? 1 : 97) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(UserException.class);
    }
  }

  @Test
  void flippedBitsAreRefusedOrHarmless() throws IOException {
    byte[] file = WeightFixtures.bytes("gguf/blocks.safetensors");
    int header = (int) PlainValues.longAt(file, 0) + Long.BYTES;
    int refused = 0;
    for (int bit = 0; bit < 8 * header; bit++) {
      refused += readDamaged(file, bit) ? 0 : 1;
    }
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      refused += readDamaged(file, random.nextInt(8 * file.length)) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(1000);
  }

  private static boolean readDamaged(byte[] file, int bit) {
    file[bit / 8] ^= (byte) (1 << (bit % 8));
    try {
      read(file);
      return true;
    } catch (UserException e) {
      return false;
    } finally {
      file[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  private static MappedFile inMemory(String header) {
    return WeightFixtures.inMemory(WeightFixtures.safetensors(header, 0));
  }

  /** Opens a file and reads all of it. */
  private static void read(byte[] content) {
    MappedFile file = WeightFixtures.inMemory(content);
    MappedWeights weights =
        new MappedWeights(file.path(), java.util.List.of(), SafetensorsHeader.read(file));
    weights.names().forEach(weights::floats);
  }
}
