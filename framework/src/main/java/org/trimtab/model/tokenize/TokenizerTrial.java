package org.trimtab.model.tokenize;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.CacheFolder;
import org.trimtab.io.Hashes;
import org.trimtab.io.NativeLibrary;

/**
 * Keeps definitions away from the native library that would end the process: its faults are not
 * exceptions. What every known tokenizer consists of is safe; any other definition is first tried
 * in a process of its own, whose verdict is kept in the cache by the definition's hash.
 */
final class TokenizerTrial {
  /** From the start of the process to the last text; usual are one or two seconds. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final String FINE = "fine";
  private static final int REFUSED = 3;
  private static final List<String> LISTS =
      List.of("normalizers", "pretokenizers", "processors", "decoders");

  private static final List<String> PARTS =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  private static final Set<String> SAFE =
      Set.of(
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Lowercase",
          "Strip",
          "StripAccents",
          "Prepend",
          "BertNormalizer",
          "ByteLevel",
          "Whitespace",
          "WhitespaceSplit",
          "Digits",
          "Metaspace",
          "Punctuation",
          "BertPreTokenizer",
          "BertProcessing",
          "RobertaProcessing",
          "ByteFallback",
          "Fuse",
          "BPEDecoder",
          "WordPiece");

  private static final List<String> TEXTS =
      List.of(
          "",
          "Hello, world! It can't jump 1234567 times.\n\n  Indented\ttext - na\u00efve, \u4f60\u597d"
              + "\uff0c \ud83d\ude00 e\u0301 \ufb01 \u2167",
          "a".repeat(3000),
          "a".repeat(3000) + "!",
          "abcdefghij".repeat(300) + "!",
          "word ".repeat(600) + "!",
          "x".repeat(500) + "y" + "x".repeat(500),
          "1".repeat(1000) + ".",
          " ".repeat(1000) + "a",
          "\n".repeat(500) + "a",
          "aB1 .\t".repeat(300));

  private final TokenizerDefinition definition;

  private TokenizerTrial(TokenizerDefinition definition) {
    this.definition = definition;
  }

  /**
   * Refuses a definition that the native library does not survive.
   *
   * @throws UserException that names the file, the part and the reason
   */
  static void check(TokenizerDefinition definition) {
    ObjectNode json = definition.json();
    TokenizerTrial trial = new TokenizerTrial(definition);
    trial.requireTemplates(json.path("post_processor"));
    PARTS.forEach(part -> trial.requireTexts(part, json.path(part)));
    boolean safe = PARTS.stream().allMatch(part -> isSafe(json.path(part)));
    String model = json.path("model").path("type").asText("BPE");
    if (!safe || !(model.equals("BPE") || model.equals("WordLevel"))) {
      trial.requireSurvived();
    }
  }

  private static boolean isSafe(JsonNode part) {
    if (part.isMissingNode() || part.isNull()) {
      return true;
    }
    return switch (part.path("type").asText()) {
      case "Sequence" -> {
        boolean safe = true;
        for (String list : LISTS) {
          for (JsonNode each : part.path(list)) {
            safe &= isSafe(each);
          }
        }
        yield safe;
      }
      case "Replace", "Split" -> {
        JsonNode pattern = part.path("pattern");
        yield pattern.has("String")
            ? !pattern.get("String").asText().isEmpty()
            : PreTokenizer.isPattern(pattern.path("Regex").asText());
      }
      case "TemplateProcessing" -> true;
      default -> SAFE.contains(part.path("type").asText());
    };
  }

  /** Every special token of a template must be described. */
  private void requireTemplates(JsonNode processor) {
    processor.path("processors").forEach(this::requireTemplates);
    if (!processor.path("type").asText().equals("TemplateProcessing")) {
      return;
    }
    for (String form : List.of("single", "pair")) {
      for (JsonNode piece : processor.path(form)) {
        String token = piece.path("SpecialToken").path("id").asText();
        boolean described =
            !piece.has("SpecialToken") || processor.path("special_tokens").has(token);
        if (!described) {
          throw new UserException(
              ("%s: post_processor: '%s' of TemplateProcessing names the special token '%s', which"
                      + " special_tokens does not describe")
                  .formatted(definition.source(), form, token));
        }
      }
    }
  }

  /** What is prepended or replaced must not be empty. */
  private void requireTexts(String part, JsonNode step) {
    for (String list : LISTS) {
      step.path(list).forEach(each -> requireTexts(part, each));
    }
    String type = step.path("type").asText();
    boolean empty =
        (type.equals("Prepend") && step.path("prepend").asText().isEmpty())
            || ((type.equals("Replace") || type.equals("Split"))
                && step.path("pattern").has("String")
                && step.path("pattern").path("String").asText().isEmpty());
    if (empty) {
      throw new UserException(
          "%s: %s: %s has an empty text, on which the tokenizers library ends the process"
              .formatted(definition.source(), part, type));
    }
  }

  private void requireSurvived() {
    try {
      // Without the library a trial says nothing of the definition.
      LibUtils.checkStatus();
    } catch (EngineException | LinkageError e) {
      throw NativeLibrary.TOKENIZERS.failure(e);
    }
    byte[] json = definition.canonicalJson().getBytes(StandardCharsets.UTF_8);
    Path kept =
        CacheFolder.ofProcess()
            .resolve("tokenizers")
            .resolve(Hashes.bytes(json) + "-" + Tokenizers.libraryVersion());
    String verdict = read(kept);
    if (verdict == null) {
      @Nullable String reason = reason(json);
      verdict = reason == null ? FINE : culprit() + reason;
      write(kept, verdict);
    }
    if (!verdict.equals(FINE)) {
      throw new UserException(definition.source() + ": " + verdict);
    }
  }

  /** The part without which the library survives, and a colon; nothing if there is no such part. */
  private String culprit() {
    for (String part : PARTS) {
      ObjectNode without = definition.json().deepCopy();
      if (without.path(part).isObject()) {
        without.putNull(part);
        byte[] json = without.toString().getBytes(StandardCharsets.UTF_8);
        if (reason(json) == null) {
          return part + ": ";
        }
      }
    }
    return "";
  }

  /** Why the library does not survive a definition; null if it does. */
  private static @Nullable String reason(byte[] json) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), TokenizerTrial.class.getName()));
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(json);
      } catch (IOException closed) {
        // It ended before it had read everything; its status says why.
      }
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "the tokenizers library does not finish a short text within "
            + LIMIT.toSeconds()
            + " s; one of its patterns is probably catastrophic";
      }
      int status = process.exitValue();
      if (status == 0 || status == REFUSED) {
        // What the library refuses by an exception, it refuses here too.
        return null;
      }
      return "the tokenizers library ends the process on it, with status %d%s; usual causes are an"
              .formatted(status, panic(process))
          + " unknown token, a pattern that matches nothing or takes for ever, and a damaged map";
    } catch (IOException e) {
      throw new UserException("a tokenizer cannot be tried in a process of its own", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while a tokenizer was tried", e);
    }
  }

  /** What the library said in the end. */
  private static String panic(Process process) throws IOException {
    byte[] said = process.getErrorStream().readNBytes(1 << 16);
    List<String> lines = new String(said, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains("panicked at")) {
        return " (" + lines.get(i + 1).strip() + ")";
      }
    }
    return "";
  }

  private static @Nullable String read(Path kept) {
    try {
      return Files.isRegularFile(kept) ? Files.readString(kept) : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static void write(Path kept, String verdict) {
    try {
      Files.createDirectories(kept.getParent());
      AtomicFile.write(kept, verdict);
    } catch (IOException | RuntimeException notKept) {
      // Without a cache the next process tries again.
    }
  }

  /** Tries the definition on standard input; ends normally if the library survives. */
  public static void main(String[] arguments) throws IOException {
    byte[] json = System.in.readAllBytes();
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"))) {
      for (String text : TEXTS) {
        tokenizer.decode(tokenizer.encode(text, true, false).getIds(), true);
      }
    } catch (RuntimeException refused) {
      System.exit(REFUSED);
    }
  }
}
