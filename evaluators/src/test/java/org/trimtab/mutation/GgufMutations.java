package org.trimtab.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A GGUF file, changed in one place. */
final class GgufMutations {
  private static final String PLACE = "model\\.gguf";

  private GgufMutations() {}

  private record Changed(String what, Expected expected, byte[] bytes) {}

  static Mutant write(Draw draw, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    GgufParts parts = GgufParts.of(content);
    if (draw.once(12)) {
      int head = parts.head().length;
      return ModelMutations.flipped(draw, file, draw.once(3) ? content.length : head);
    }
    Changed changed = change(draw, parts, content);
    Files.write(file, changed.bytes());
    return new Mutant("model.gguf: " + changed.what(), changed.expected(), PLACE);
  }

  private static Changed change(Draw draw, GgufParts parts, byte[] content) {
    return switch (draw.below(15)) {
      case 0 -> counted(draw, parts);
      case 1, 2 -> removed(draw, parts);
      case 3, 4, 5 -> absurd(draw, parts);
      case 6, 7 -> retyped(draw, parts);
      case 8 -> vocabulary(draw, parts);
      case 9 -> aligned(draw, parts);
      case 10, 11, 12 -> tensor(draw, parts);
      case 13 -> {
        byte[] cut =
            draw.once(2)
                ? Arrays.copyOf(content, content.length - 1 - draw.below(content.length / 2))
                : Arrays.copyOf(content, draw.below(parts.head().length));
        yield new Changed("cut to " + cut.length + " bytes", Expected.REFUSED, cut);
      }
      default -> {
        GgufParts.Entry entry = draw.of(parts.entries);
        parts.entries.add(entry);
        parts.entryCount++;
        yield new Changed(entry.key() + " twice", Expected.REFUSED, parts.bytes());
      }
    };
  }

  private static Changed counted(Draw draw, GgufParts parts) {
    long wrong = draw.of(List.of(0L, 1L, -1L, 1L << 40, Long.MAX_VALUE, 7L));
    switch (draw.below(4)) {
      case 0 -> {
        parts.magic = draw.of(List.of(0, 0x47475546, 0x67676D6C, 0x46554748));
        return new Changed("another magic number", Expected.REFUSED, parts.bytes());
      }
      case 1 -> {
        parts.version = draw.of(List.of(0, 1, 4, 99, -1));
        return new Changed("version " + parts.version, Expected.REFUSED, parts.bytes());
      }
      case 2 -> {
        parts.tensorCount = wrong;
        return new Changed("said to have " + wrong + " tensors", Expected.REFUSED, parts.bytes());
      }
      default -> {
        parts.entryCount = wrong;
        return new Changed("said to have " + wrong + " keys", Expected.REFUSED, parts.bytes());
      }
    }
  }

  /** Keys without which nothing can be known are needed; others may have fitting defaults. */
  private static Changed removed(Draw draw, GgufParts parts) {
    GgufParts.Entry entry = draw.of(parts.entries);
    parts.entries.remove(entry);
    parts.entryCount--;
    boolean needed =
        entry.key().equals("general.architecture")
            || entry.key().endsWith(".block_count")
            || entry.key().endsWith(".embedding_length")
            || entry.key().endsWith(".head_count")
            || entry.key().endsWith("rms_epsilon")
            || entry.key().equals("tokenizer.ggml.tokens")
            || entry.key().equals("tokenizer.ggml.model");
    return new Changed(
        entry.key() + " removed", needed ? Expected.REFUSED : Expected.ANY, parts.bytes());
  }

  private static Changed absurd(Draw draw, GgufParts parts) {
    List<GgufParts.Entry> numbers =
        parts.entries.stream()
            .filter(
                entry ->
                    !entry.key().startsWith("general.")
                        && !entry.key().startsWith("tokenizer.")
                        && (entry.type() == GgufParts.UINT32 || entry.type() == GgufParts.FLOAT32))
            .toList();
    GgufParts.Entry entry = draw.of(numbers);
    byte[] value;
    String what;
    if (entry.type() == GgufParts.FLOAT32) {
      float number = draw.of(List.of(-1f, Float.NaN, Float.POSITIVE_INFINITY, 3e38f, -0.001f));
      value = GgufParts.number(number);
      what = Float.toString(number);
    } else {
      int number = draw.of(List.of(0, -1, 3, 1_000_000_000, 33));
      value = GgufParts.whole(number);
      what = Integer.toUnsignedString(number);
    }
    boolean same = Arrays.equals(value, entry.value());
    // A larger context changes nothing, and a window is any number above 0.
    boolean may =
        same
            || entry.key().endsWith("context_length")
            || entry.key().endsWith("sliding_window")
            || entry.key().endsWith("vocab_size")
            || entry.key().endsWith("sliding_window_pattern")
            || entry.key().endsWith("original_context_length");
    parts.set(entry.key(), entry.type(), value);
    return new Changed(
        entry.key() + " is " + what, may ? Expected.ANY : Expected.REFUSED, parts.bytes());
  }

  private static Changed retyped(Draw draw, GgufParts parts) {
    GgufParts.Entry entry =
        draw.of(
            parts.entries.stream()
                .filter(
                    one -> !one.key().startsWith("general.") || one.key().endsWith("architecture"))
                .toList());
    int type = entry.type() == GgufParts.STRING ? GgufParts.UINT32 : GgufParts.STRING;
    byte[] value = type == GgufParts.STRING ? GgufParts.text("32") : GgufParts.whole(32);
    switch (draw.below(5)) {
      case 0 -> {
        type = GgufParts.ARRAY;
        value = GgufParts.array(GgufParts.UINT32, 3, GgufParts.whole(4));
      }
      case 1 -> {
        type = draw.of(List.of(13, 255, -1));
        value = entry.value();
      }
      case 2 -> {
        type = GgufParts.STRING;
        value = GgufParts.whole(draw.of(List.of(-1L, 1L << 40, Long.MAX_VALUE)));
      }
      case 3 -> {
        type = GgufParts.ARRAY;
        value = GgufParts.array(draw.of(List.of(9, 13, 4)), 0, new byte[0]);
        System.arraycopy(GgufParts.whole(draw.of(List.of(-1L, 1L << 50))), 0, value, 4, 8);
      }
      default -> {}
    }
    parts.set(entry.key(), type, value);
    boolean may =
        entry.key().startsWith("tokenizer.ggml.eos")
            || entry.key().startsWith("tokenizer.ggml.bos")
            || entry.key().endsWith("vocab_size");
    return new Changed(
        entry.key() + " is of type " + type,
        may ? Expected.REFUSED_OR_SAME : Expected.REFUSED,
        parts.bytes());
  }

  private static Changed vocabulary(Draw draw, GgufParts parts) {
    int type = GgufParts.ARRAY;
    switch (draw.below(6)) {
      case 0 -> {
        parts.set("tokenizer.ggml.tokens", type, GgufParts.texts(Collections.nCopies(161, "a")));
        return new Changed(
            "tokens all the same, and one too many", Expected.REFUSED, parts.bytes());
      }
      case 1 -> {
        parts.set("tokenizer.ggml.tokens", type, GgufParts.texts(List.of()));
        return new Changed("no tokens", Expected.REFUSED, parts.bytes());
      }
      case 2 -> {
        parts.set("tokenizer.ggml.token_type", type, GgufParts.array(5, 3, GgufParts.whole(1)));
        return new Changed("three token types", Expected.REFUSED, parts.bytes());
      }
      case 3 -> {
        parts.set(
            "tokenizer.ggml.merges", type, GgufParts.texts(List.of(draw.of("", "a", "q zzz"))));
        return new Changed("a merge that cannot be", Expected.REFUSED, parts.bytes());
      }
      case 4 -> {
        String name = draw.of("magic", "", "bert", "rwkv", "t5");
        parts.set("tokenizer.ggml.model", GgufParts.STRING, GgufParts.text(name));
        return new Changed("tokenizer model '" + name + "'", Expected.REFUSED, parts.bytes());
      }
      default -> {
        String name = draw.of("magic", "", "llama-bpe-x");
        parts.set("tokenizer.ggml.pre", GgufParts.STRING, GgufParts.text(name));
        return new Changed("pre-tokenizer '" + name + "'", Expected.REFUSED, parts.bytes());
      }
    }
  }

  private static Changed aligned(Draw draw, GgufParts parts) {
    int alignment = draw.of(List.of(0, 3, 7, 64, 1 << 30, -1));
    parts.set("general.alignment", GgufParts.UINT32, GgufParts.whole(alignment));
    return new Changed(
        "alignment " + Integer.toUnsignedString(alignment),
        alignment == 64 ? Expected.REFUSED_OR_SAME : Expected.REFUSED,
        parts.bytes());
  }

  private static Changed tensor(Draw draw, GgufParts parts) {
    int at = draw.below(parts.tensors.size());
    GgufParts.Info info = parts.tensors.get(at);
    GgufParts.Info other = parts.tensors.get((at + 1) % parts.tensors.size());
    GgufParts.Info changed;
    switch (draw.below(9)) {
      case 0 -> {
        parts.tensors.remove(at);
        parts.tensorCount--;
        return new Changed(info.name() + " lost", Expected.REFUSED, parts.bytes());
      }
      case 1 -> {
        parts.tensors.add(at, info);
        parts.tensorCount++;
        return new Changed(info.name() + " twice", Expected.REFUSED, parts.bytes());
      }
      case 2 -> {
        String name =
            draw.of(
                "blk.0.attn_sinks.weight",
                "blk.9.attn_q.weight",
                "extra.weight",
                "blk.0.ffn_gate_exps.weight");
        parts.tensors.add(new GgufParts.Info(name, new long[] {8}, 0, parts.data.length));
        parts.data = Arrays.copyOf(parts.data, parts.data.length + 32);
        parts.tensorCount++;
        return new Changed("a tensor " + name + " more", Expected.REFUSED, parts.bytes());
      }
      case 3 ->
          changed = new GgufParts.Info(info.name() + "x", info.sizes(), info.type(), info.offset());
      case 4, 5 -> {
        int type = draw.of(List.of(1, 2, 8, 16, 24, 26, 30, 39, 99, -1));
        changed = new GgufParts.Info(info.name(), info.sizes(), type, info.offset());
      }
      case 6 -> {
        long offset =
            draw.of(
                List.of(info.offset() + 1, other.offset(), -32L, 1L << 50, parts.data.length * 1L));
        changed = new GgufParts.Info(info.name(), info.sizes(), info.type(), offset);
      }
      default -> {
        long[] sizes = info.sizes();
        long[] wrong =
            switch (draw.below(4)) {
              case 0 -> new long[] {};
              case 1 -> new long[] {sizes[0], 1, 1, 1, 1};
              case 2 -> new long[] {-1, sizes[0]};
              default ->
                  sizes.length == 2 && sizes[0] != sizes[1]
                      ? new long[] {sizes[1], sizes[0]}
                      : new long[] {sizes[0] * 2};
            };
        changed = new GgufParts.Info(info.name(), wrong, info.type(), info.offset());
      }
    }
    parts.tensors.set(at, changed);
    return new Changed(
        "%s is %s of type %d at %d, was %s of type %d at %d"
            .formatted(
                changed.name(),
                Arrays.toString(changed.sizes()),
                changed.type(),
                changed.offset(),
                Arrays.toString(info.sizes()),
                info.type(),
                info.offset()),
        Expected.REFUSED,
        parts.bytes());
  }
}
