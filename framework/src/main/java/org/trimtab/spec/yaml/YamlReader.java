package org.trimtab.spec.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Parses YAML to a tree in which every key and value has its position. Anchors, aliases and tags
 * are refused, so nothing can expand; nesting is limited.
 */
public final class YamlReader {
  private static final int DEEPEST = 24;
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String source;
  private final List<Problem> problems;
  private final boolean lines;

  private YamlReader(String source, boolean lines, List<Problem> problems) {
    this.source = source;
    this.lines = lines;
    this.problems = problems;
  }

  /** The tree of a file's text; empty if it is invalid, with the reason among the problems. */
  public static Optional<Node> file(String file, String text, List<Problem> problems) {
    return new YamlReader(file, true, problems).read(text);
  }

  /** The tree of a value from elsewhere, positioned at the source as a whole. */
  public static Optional<Node> value(String source, String text, List<Problem> problems) {
    if (text.isBlank()) {
      return Optional.of(new Node.Scalar(Position.of(source), Node.Kind.NULL, ""));
    }
    return new YamlReader(source, false, problems).read(text);
  }

  private Optional<Node> read(String text) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new Stop(
            lines ? new Position(source, 1, 1) : Position.of(source),
            "the file is empty; a spec begins with 'name: ...'");
      }
      Node root = node(parser, 0);
      if (parser.nextToken() != null) {
        throw new Stop(at(parser), "a second document begins here; a spec is one document");
      }
      return Optional.of(root);
    } catch (Stop stop) {
      problems.add(Problem.at(stop.position, stop.reason));
    } catch (IOException e) {
      problems.add(syntax(e, text));
    }
    return Optional.empty();
  }

  private Node node(YAMLParser parser, int depth) throws IOException {
    Position at = at(parser);
    if (depth > DEEPEST) {
      throw new Stop(at, "nested more than " + DEEPEST + " deep");
    }
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      throw new Stop(at, "anchors and aliases (&name, *name) are not supported; repeat the value");
    }
    if (parser.getTypeId() != null) {
      throw new Stop(at, "tags (!name) are not supported; write the plain value");
    }
    String text = parser.getText();
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(parser, at, depth);
      case START_ARRAY -> sequence(parser, at, depth);
      case VALUE_NULL -> new Node.Scalar(at, Node.Kind.NULL, "");
      case VALUE_TRUE -> new Node.Scalar(at, Node.Kind.BOOLEAN, "true");
      case VALUE_FALSE -> new Node.Scalar(at, Node.Kind.BOOLEAN, "false");
      case VALUE_NUMBER_INT -> new Node.Scalar(at, Node.Kind.INTEGER, text);
      case VALUE_NUMBER_FLOAT -> new Node.Scalar(at, Node.Kind.DOUBLE, text);
      default -> new Node.Scalar(at, Node.Kind.TEXT, text);
    };
  }

  private Node mapping(YAMLParser parser, Position at, int depth) throws IOException {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Position keyAt = at(parser);
      String key = parser.currentName();
      parser.nextToken();
      Node value = node(parser, depth + 1);
      Position first = seen.putIfAbsent(key, keyAt);
      if (first == null) {
        entries.add(new Node.Entry(keyAt, key, value));
      } else {
        String where = first.line() == 0 ? "" : ", first in line " + first.line();
        problems.add(Problem.at(keyAt, "duplicate key " + Spelling.quoted(key) + where));
      }
    }
    return new Node.Mapping(at, entries);
  }

  private Node sequence(YAMLParser parser, Position at, int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser, depth + 1));
    }
    return new Node.Sequence(at, items);
  }

  private Position at(YAMLParser parser) {
    return lines
        ? new Position(
            source,
            parser.currentTokenLocation().getLineNr(),
            parser.currentTokenLocation().getColumnNr())
        : Position.of(source);
  }

  private Problem syntax(IOException e, String text) {
    Mark mark = e.getCause() instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
    String reason =
        e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null
            ? marked.getProblem()
            : "a key must be a plain text";
    if (mark == null || !lines) {
      Position at = Position.of(source);
      if (lines && e instanceof JsonProcessingException json && json.getLocation() != null) {
        at = new Position(source, json.getLocation().getLineNr(), json.getLocation().getColumnNr());
      }
      return Problem.at(at, "not YAML: " + oneLine(reason));
    }
    Position at = new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
    String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
    boolean tab = line.substring(0, line.length() - line.stripLeading().length()).contains("\t");
    return Problem.at(
        at,
        tab
            ? "a tab is used for indentation; YAML allows spaces only"
            : "not YAML: " + oneLine(reason));
  }

  private static String oneLine(String reason) {
    Function<String, String> visible = text -> text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    int hint = reason.indexOf(" (Do not use");
    return visible.apply(hint < 0 ? reason : reason.substring(0, hint));
  }

  /** A mistake that makes the rest of the text meaningless. */
  private static final class Stop extends RuntimeException {
    private final transient Position position;
    private final String reason;

    Stop(Position position, String reason) {
      super(reason, null, false, false);
      this.position = position;
      this.reason = reason;
    }
  }
}
