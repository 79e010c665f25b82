package org.trimtab.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;

/**
 * Appends to a cell's journal: JSON lines, each batch of them in one write. Kinds of line:
 *
 * <ul>
 *   <li>{@code start}: format, label, the whole cell with settings and identity, time, environment
 *   <li>{@code resume}: time and environment of a later session that continues
 *   <li>{@code fit}: facts, cost, directions_sha256 (of directions.safetensors, if any); {@code
 *       effect}: change (largest logit change; 0 = no-op), generation (seconds per token, without
 *       the intervention, too)
 *   <li>{@code trial}: evaluation, item, trial (its number), details; made on the way to an item
 *   <li>{@code item}: evaluation, item, scores, details
 *   <li>{@code graded}: as item, for an answer that was graded after the cell had ended; takes its
 *       place
 *   <li>{@code evaluated}: evaluation, items (their number), metrics, time; the last one counts
 *   <li>{@code pause}: an orderly interruption, with the session's seconds
 *   <li>{@code end}: status, reason, layer, position, item, seconds, time
 * </ul>
 *
 * An evaluation is keyed by its name in the spec, which is an alias where the spec gives one. Every
 * line ends in its {@code check} ({@link JournalChain}). Whoever writes holds the cell's lock.
 */
final class Journal implements AutoCloseable {
  /** The format's version, raised when readers of the old one would fail. */
  static final int FORMAT = 2;

  private final Path file;
  private final FileChannel channel;
  private final JournalChain chain;

  private Journal(Path file, FileChannel channel, JournalChain chain) {
    this.file = file;
    this.channel = channel;
    this.chain = chain;
  }

  /** Opens a journal for appending and cuts off a torn last line. */
  static Journal append(Path file) {
    try {
      byte[] bytes =
          Files.exists(file) ? Files.readAllBytes(InputFile.regularIfThere(file)) : new byte[0];
      int complete = JournalReader.completeBytes(bytes);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(complete);
      channel.position(complete);
      return new Journal(file, channel, JournalChain.after(bytes, complete));
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }

  /** Begins the cell, or begins it again. */
  void start(Cell cell, Environment environment) {
    ObjectNode line = line("start");
    line.put("format", FORMAT);
    line.put("label", cell.label());
    line.put("time", now());
    line.set("environment", Json.MAPPER.valueToTree(environment));
    line.set("cell", Json.MAPPER.valueToTree(cell));
    write(line);
  }

  /** Continues the cell in another session. */
  void resume(Environment environment) {
    ObjectNode line = line("resume");
    line.put("time", now());
    line.set("environment", Json.MAPPER.valueToTree(environment));
    write(line);
  }

  /**
   * Records the fit.
   *
   * @param directions SHA-256 (hex) of the file of its directions; null for none
   * @throws NonFiniteException when a number in it is not finite; nothing is written then
   */
  void fit(ObjectNode facts, CellCost cost, @Nullable String directions) {
    if (!Json.finite(facts)) {
      throw new NonFiniteException("a number of the fit is not finite", null);
    }
    ObjectNode line = line("fit");
    line.set("facts", facts);
    line.set("cost", Json.MAPPER.valueToTree(cost));
    if (directions != null) {
      line.put("directions_sha256", directions);
    }
    write(line);
  }

  /**
   * Records the largest change of a logit.
   *
   * @param generation how long a generated token takes, if that was measured
   * @throws NonFiniteException when it is not finite
   */
  void effect(double change, Optional<GenerationTime> generation) {
    if (!Double.isFinite(change)) {
      throw new NonFiniteException("the logits of the first item are not finite", null);
    }
    ObjectNode line = line("effect");
    line.put("change", change);
    generation.ifPresent(time -> line.set("generation", Json.MAPPER.valueToTree(time)));
    write(line);
  }

  /**
   * Records trials, all of them in one write.
   *
   * @throws NonFiniteException when any number in them is not finite; nothing is written then
   */
  void trials(PlannedEvaluation evaluation, List<AnswerTrial> trials) {
    List<ObjectNode> lines = new ArrayList<>();
    for (AnswerTrial trial : trials) {
      if (!Json.finite(trial.details())) {
        throw new NonFiniteException(
            "%s: trial %d of item %d is not finite"
                .formatted(evaluation.name(), trial.number(), trial.item()),
            trial.item());
      }
      ObjectNode line = line("trial");
      line.put("evaluation", evaluation.name());
      line.put("item", trial.item());
      line.put("trial", trial.number());
      line.set("details", trial.details());
      lines.add(line);
    }
    write(lines);
  }

  /**
   * Records one batch, all of it in one write.
   *
   * @throws NonFiniteException when any number in it is not finite; nothing is written then
   */
  void items(PlannedEvaluation evaluation, List<ItemResult> results) {
    results("item", evaluation, results);
  }

  /**
   * Records answers that were graded later, and makes them durable.
   *
   * @throws NonFiniteException when any number in it is not finite; nothing is written then
   */
  void graded(PlannedEvaluation evaluation, List<ItemResult> results) {
    results("graded", evaluation, results);
    force();
  }

  private void results(String kind, PlannedEvaluation planned, List<ItemResult> results) {
    String evaluation = planned.name();
    List<ObjectNode> lines = new ArrayList<>();
    for (ItemResult result : results) {
      ObjectNode line = line(kind);
      line.put("evaluation", evaluation);
      line.put("item", result.item());
      line.set("scores", numbers(result.scores(), evaluation + ": score", result.item()));
      if (!Json.finite(result.details())) {
        throw new NonFiniteException(
            evaluation + ": a detail of item " + result.item() + " is not finite", result.item());
      }
      line.set("details", result.details());
      lines.add(line);
    }
    write(lines);
  }

  /**
   * Records the metrics of a complete evaluation.
   *
   * @param items the number of items
   * @throws NonFiniteException when one is not finite; nothing is written then
   */
  void evaluated(PlannedEvaluation planned, int items, Map<String, Double> metrics) {
    String evaluation = planned.name();
    ObjectNode line = line("evaluated");
    line.put("evaluation", evaluation);
    line.put("items", items);
    line.set("metrics", numbers(metrics, evaluation + ": metric", null));
    line.put("time", now());
    write(line);
  }

  /** Records an orderly interruption, and makes it durable. */
  void pause(Duration session) {
    ObjectNode line = line("pause");
    line.put("seconds", seconds(session));
    line.put("time", now());
    write(line);
    force();
  }

  /** Ends the cell, and makes its journal durable. */
  void end(CellEnd end, Duration session) {
    ObjectNode line = line("end");
    ObjectNode how = Json.MAPPER.valueToTree(end);
    how.properties().removeIf(entry -> entry.getValue().isNull());
    line.setAll(how);
    line.put("seconds", seconds(session));
    line.put("time", now());
    write(line);
    force();
  }

  private static ObjectNode line(String kind) {
    return Json.MAPPER.createObjectNode().put("kind", kind);
  }

  private static ObjectNode numbers(
      Map<String, Double> values, String what, @Nullable Integer item) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              if (!Double.isFinite(value)) {
                String place = item == null ? "" : " of item " + item;
                throw new NonFiniteException(what + " " + name + place + " is not finite", item);
              }
              node.put(name, value);
            });
    return node;
  }

  private static double seconds(Duration session) {
    return session.toMillis() / 1000.0;
  }

  private static String now() {
    return Instant.now().toString();
  }

  private void write(ObjectNode line) {
    write(List.of(line));
  }

  private void write(List<ObjectNode> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(chain.append(Json.line(line))));
    try {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }

  private void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }
}
