package org.trimtab.say;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;
import org.trimtab.say.Speech.Reply;

/** A dialogue as a file: Markdown to read, JSON for programs. */
final class Transcript {
  private final Map<String, Object> identity;
  private final List<Said> turns = new ArrayList<>();

  /**
   * @param identity experiment, cell and model
   */
  Transcript(Map<String, Object> identity) {
    this.identity = identity;
  }

  void add(Said said) {
    turns.add(said);
  }

  /**
   * Writes a new file.
   *
   * @param name ends in .md or .json
   * @throws UserException when it exists already, or cannot be written
   */
  Path save(String name) {
    boolean markdown = name.endsWith(".md");
    if (!markdown && !name.endsWith(".json")) {
      throw new UsageException("save " + Shown.text(name) + ": expected a name in .md or .json");
    }
    try {
      Path file = Path.of(name).toAbsolutePath();
      if (Files.exists(file)) {
        throw new UserException(file + ": exists already; name another file");
      }
      Path parent = file.getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        throw new UserException(parent + ": there is no such folder");
      }
      AtomicFile.write(file, markdown ? markdown() : json());
      return file;
    } catch (InvalidPathException e) {
      throw new UsageException("save " + Shown.text(name) + ": not a name of a file", e);
    } catch (IOException e) {
      throw new UserException(name + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private String json() {
    ObjectNode tree = Json.object();
    identity.forEach((key, value) -> tree.set(key, Json.MAPPER.valueToTree(value)));
    ArrayNode said = tree.putArray("turns");
    turns.forEach(turn -> said.add(turn.tree(Map.of())));
    return Shown.json(Json.pretty(tree));
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# " + identity.get("experiment") + "\n\n");
    identity.forEach((key, value) -> text.append("- ").append(key + ": " + value + "\n"));
    for (Said turn : turns) {
      text.append("\n## ").append(Shown.text(turn.prompt())).append("\n\n");
      text.append("Settings: `").append(Json.line(turn.settings())).append("`\n");
      append(text, Side.BASELINE, turn.baseline());
      append(text, Side.EDITED, turn.edited());
      text.append(
          Summary.of(turn, false).lines().map(line -> "\n" + line + "\n").collect(joining()));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Side side, @Nullable Reply reply) {
    if (reply != null) {
      String said = Shown.text(reply.text()).strip();
      String fence = "```";
      while (said.contains(fence)) {
        fence += "`";
      }
      text.append("\n**" + side + "**\n\n" + fence + "\n" + said + "\n" + fence + "\n");
    }
  }
}
