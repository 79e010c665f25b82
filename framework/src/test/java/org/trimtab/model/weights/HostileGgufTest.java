package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class HostileGgufTest {
  private static final int F32 = 0;
  private static final int STRING = 8;
  private static final int LIST = 9;

  @ParameterizedTest
  @ValueSource(longs = {1L << 60, Long.MAX_VALUE, -1, Long.MIN_VALUE, 100})
  void refusesCountsThatTheFileCannotHold(long count) {
    assertRefused(GgufBytes.of(count, 0).withData(64), "the number of tensors");
    assertRefused(GgufBytes.of(0, count).withData(8), "the number of metadata keys");
    byte[] list = GgufBytes.of(0, 1).string("a").i32(LIST).i32(STRING).i64(count).bytes();
    assertRefused(list, "the length of metadata key 'a'");
    byte[] text = GgufBytes.of(0, 1).string("a").i32(STRING).i64(count).bytes();
    assertRefused(text, "the length of metadata key 'a'");
  }

  @Test
  void refusesWrongBeginnings() {
    assertRefused(new byte[3], "the magic number lies beyond the end");
    assertRefused(new byte[64], "does not begin with 'GGUF'");
    assertRefused(new GgufBytes().raw("GGUF").i32(1).bytes(), "found version 1");
    assertRefused(new GgufBytes().raw("GGUF").i32(3 << 24).bytes(), "found a big-endian file");
  }

  @Test
  void refusesBrokenMetadata() {
    assertRefused(metadata("a").i32(13).i64(0).bytes(), "metadata key 'a' has value type 13");
    assertRefused(metadata("a").i32(-1).i64(0).bytes(), "value type 4294967295");
    assertRefused(
        metadata("a").i32(LIST).i32(LIST).i64(1).i64(0).i64(0).bytes(), "lists inside lists");
    assertRefused(metadata("a").i32(7).i32(2).bytes(), "should be 0 or 1, found 2");
    assertRefused(metadata("a").i32(10).i64(-1).bytes(), "too large: 18446744073709551615");
    assertRefused(
        GgufBytes.of(0, 2).string("a").i32(4).i32(1).string("a").i32(4).i32(1).bytes(),
        "metadata key 'a' occurs twice");
    byte[] notText = metadata("ab").i32(STRING).string("xy").bytes();
    notText[notText.length - 1] = (byte) 0xff;
    assertRefused(notText, "metadata key 'ab' is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 24, 33, Integer.MIN_VALUE})
  void refusesAlignmentsThatAreNoPowerOfTwo(int alignment) {
    byte[] file = metadata("general.alignment").i32(4).i32(alignment).bytes();

    assertRefused(file, "'general.alignment' should be a power of two");
  }

  @Test
  void refusesPartsOfSplitModels() {
    assertRefused(metadata("split.count").i32(2).i32(4).bytes(), "llama-gguf-split --merge");
  }

  @Test
  void refusesBrokenTensors() {
    assertRefused(tensor("a", 23, 0, 256), "has type IQ4_XS; readable types are F32, F16");
    assertRefused(tensor("a", 777, 0, 256), "has type 777");
    assertRefused(tensor("a", F32, 0, 1, 1, 1, 1, 1), "has 5 dimensions");
    assertRefused(tensor("a", F32, 0, 1L << 32, 1L << 32), "impossible shape");
    assertRefused(tensor("a", F32, 0, 1L << 62), "impossible shape");
    assertRefused(tensor("a", F32, 0, -1), "too large");
    assertRefused(tensor("a", F32, 0, 257), "takes 1028 bytes at offset 0");
    assertRefused(tensor("a", F32, 32, 256), "takes 1024 bytes at offset 32");
    assertRefused(tensor("a", F32, Long.MAX_VALUE - 31, 8), "takes 32 bytes at offset");
    assertRefused(tensor("a", F32, -32, 8), "too large");
    assertRefused(tensor("a", F32, 4, 8), "not a multiple of the alignment 32");
    assertRefused(tensor("a", 2, 0, 48), "rows of 48 values; Q4_0 needs a multiple of 32");
    assertRefused(
        GgufBytes.of(2, 0).tensor("a", F32, 0, 8).tensor("a", F32, 32, 8).withData(1024),
        "tensor 'a' occurs twice");
    assertRefused(
        GgufBytes.of(2, 0).tensor("a", F32, 0, 16).tensor("b", F32, 32, 8).withData(1024),
        "tensor 'b' overlaps tensor 'a'");
  }

  @Test
  void acceptsWhatIsRight() {
    byte[] right = GgufBytes.of(1, 0).tensor("a", F32, 0, 8).withData(32);

    assertThat(read(right)).isEqualTo(1);
  }

  /** As llama.cpp: a type or a shape that was changed leaves a hole. */
  @Test
  void refusesHoles() {
    assertRefused(
        GgufBytes.of(2, 0).tensor("a", F32, 0, 8).tensor("b", F32, 64, 8).withData(96),
        "tensor 'b' lies at offset 64, but the tensor before it ends at 32");
    assertRefused(
        GgufBytes.of(1, 0).tensor("a", F32, 0, 8).withData(96),
        "has 96 bytes of data, but its tensors take 32");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] file = WeightFixtures.bytes("gguf/llama.gguf");
    for (int length = 0; length < file.length; length += length < 8000 ? 7 : 1009) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(truncated)).isInstanceOf(UserException.class);
    }
  }

  @Test
  void flippedBitsAreRefusedOrHarmless() throws IOException {
    byte[] file = WeightFixtures.bytes("gguf/llama.gguf");
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      int bit = random.nextInt(8 * 8000);
      file[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        read(file);
      } catch (UserException e) {
        refused++;
      }
      file[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    assertThat(refused).isGreaterThan(400);
  }

  private static GgufBytes metadata(String key) {
    return GgufBytes.of(0, 1).string(key);
  }

  private static byte[] tensor(String name, int type, long offset, long... dimensions) {
    return GgufBytes.of(1, 0).tensor(name, type, offset, dimensions).withData(1024);
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.bin")
        .hasMessageContaining(message);
  }

  /** Opens a file, reads all of it, and tells how many tensors it has. */
  private static int read(byte[] content) {
    GgufFile file = GgufFile.read(WeightFixtures.inMemory(content));
    file.names().forEach(file::floats);
    return file.names().size();
  }
}
