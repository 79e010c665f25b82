package org.trimtab.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Journals and plans that say something else, with checks as if the program had written it so. */
public final class Resealed {
  private Resealed() {}

  /** Replaces a journal by lines with or without checks. */
  public static void write(Path journal, List<String> lines) throws IOException {
    JournalChain chain = new JournalChain();
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(chain.append(line.replaceFirst(",\"check\":\"[0-9a-f]{16}\"}$", "}")));
    }
    Files.writeString(journal, text.toString());
  }

  /** Replaces a journal, or plan.json, by a text; other files have no checks. */
  public static void write(Path file, String text) throws IOException {
    if (file.endsWith("plan.json")) {
      Files.writeString(file, ResultFolder.withCheck(text));
    } else if (file.endsWith("journal.jsonl")) {
      write(file, text.lines().toList());
    } else {
      Files.writeString(file, text);
    }
  }
}
