package org.trimtab.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;
import org.trimtab.io.InputFile;

/**
 * Texts of a user's own that show a property, and texts that do not: what a direction is learned
 * from. Two text files, where a line is a text, or a file of pairs. Number n of either side is one
 * item: the n-th different line of each file, or the n-th different pair.
 *
 * @param positive texts with the property, in the order of the file
 * @param negative texts without it; as many as the others only if they are pairs
 * @param paired whether the texts of one number belong together
 * @param repeated the number of lines or pairs that are left out, as each occurs earlier
 */
public record ContrastTexts(
    List<Line> positive, List<Line> negative, boolean paired, int repeated) {
  /** The largest number of texts: ids of items have seven digits. */
  private static final int MOST = 9_999_999;

  /**
   * A text.
   *
   * @param place its file and line, for messages
   * @param text without blanks around it
   */
  public record Line(String place, String text) {}

  /** Copies the lists. */
  public ContrastTexts {
    positive = List.copyOf(positive);
    negative = List.copyOf(negative);
  }

  /**
   * Reads two text files, the positive one first, or one file of pairs: objects or a table with
   * {@code positive} and {@code negative}.
   *
   * @throws UserException when one cannot be read or is empty, for an empty line, and for a text
   *     that is on both sides; names file and line
   */
  public static ContrastTexts read(List<Path> files) {
    return files.size() == 1 ? pairs(files.get(0)) : lines(files.get(0), files.get(1));
  }

  private static ContrastTexts lines(Path positiveFile, Path negativeFile) {
    Map<String, Line> positive = new HashMap<>();
    List<Line> first = lines(positiveFile, positive);
    Map<String, Line> negative = new HashMap<>();
    List<Line> second = lines(negativeFile, negative);
    List<Line> left = distinct(first, positive);
    List<Line> right = distinct(second, negative);
    right.forEach(line -> refuseOnBothSides(line, positive.get(line.text)));
    int repeated = first.size() - left.size() + second.size() - right.size();
    return new ContrastTexts(left, right, false, repeated);
  }

  private static List<Line> lines(Path file, Map<String, Line> firsts) {
    List<String> parts = InputFile.lines(file);
    if (parts.size() > MOST) {
      throw new UserException(file + ": more than " + MOST + " lines");
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Line line = new Line(file + ":" + (i + 1), parts.get(i).strip());
      if (line.text.isEmpty()) {
        throw new UserException(line.place + ": the line is empty; each line is a text: remove it");
      }
      if (line.text.indexOf('\0') >= 0) {
        throw new UserException(
            line.place + ": the line holds a NUL character; the file is no text in UTF-8");
      }
      lines.add(line);
      firsts.putIfAbsent(line.text, line);
    }
    return lines;
  }

  private static List<Line> distinct(List<Line> lines, Map<String, Line> firsts) {
    return lines.stream().filter(line -> line.equals(firsts.get(line.text))).toList();
  }

  private static void refuseOnBothSides(Line line, @Nullable Line other) {
    if (other != null) {
      throw new UserException(
          "%s: this text is also %s: one that is both positive and negative says nothing about the difference, and could be learned from and held out at once; remove one of them"
              .formatted(line.place, other.place));
    }
  }

  private static ContrastTexts pairs(Path file) {
    List<Line> positive = new ArrayList<>();
    List<Line> negative = new ArrayList<>();
    Map<String, Line> left = new HashMap<>();
    Set<List<String>> known = new HashSet<>();
    int repeated = 0;
    for (Item item : ItemFile.read(file)) {
      Line with = new Line(item.place(), item.text("positive").strip());
      Line without = new Line(item.place(), item.text("negative").strip());
      if (known.add(List.of(with.text, without.text))) {
        positive.add(with);
        negative.add(without);
        left.putIfAbsent(with.text, with);
      } else {
        repeated++;
      }
    }
    negative.forEach(line -> refuseOnBothSides(line, left.get(line.text)));
    return new ContrastTexts(positive, negative, true, repeated);
  }

  /** The number of items: that of the longer side. */
  public int size() {
    return Math.max(positive.size(), negative.size());
  }

  /** The shorter side; the positive one if both have the same number of texts. */
  public List<Line> shorter() {
    return negative.size() < positive.size() ? negative : positive;
  }

  /** A text that two different pairs share, in words; empty if there is none. */
  public Optional<String> shared() {
    for (List<Line> side : List.of(positive, negative)) {
      Map<String, Line> firsts = new HashMap<>();
      for (Line line : side) {
        Line first = firsts.putIfAbsent(line.text, line);
        if (first != null) {
          return Optional.of(line.place + " has a text of " + first.place);
        }
      }
    }
    return Optional.empty();
  }
}
