package org.trimtab.chat.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.syntax.Token.Kind;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Repr;

/**
 * Cuts a template into tokens, with {@code trim_blocks} and {@code lstrip_blocks} on: the line
 * break after a block tag goes, and so does the indentation before it.
 */
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private boolean lineStarting = true;

  private Lexer(String source) {
    this.source = source;
  }

  /** The tokens of a template, the last one being {@link Kind#END}. */
  static List<Token> tokenize(String source) {
    String lines = source.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer = new Lexer(lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (position < source.length()) {
      int tag = nextTag();
      if (tag < 0) {
        data(source.substring(position), 0);
        position = source.length();
        break;
      }
      char type = source.charAt(tag + 1);
      char sign = signAt(tag + 2);
      int rawBody = type == '%' ? rawBody(tag) : -1;
      text(tag, sign, type != '{');
      position = tag + (sign == 0 ? 2 : 3);
      if (rawBody >= 0) {
        advance(rawBody);
        raw();
      } else if (type == '#') {
        comment();
      } else {
        tag(type);
      }
    }
    add(Kind.END, "");
  }

  private int nextTag() {
    for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
      if (at + 1 < source.length() && "{%#".indexOf(source.charAt(at + 1)) >= 0) {
        return at;
      }
    }
    return -1;
  }

  private char signAt(int at) {
    boolean sign = at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+');
    return sign ? source.charAt(at) : 0;
  }

  /** Adds the text before a tag, stripped as the tag's sign and the line want it. */
  private void text(int tag, char sign, boolean stripsIndentation) {
    String text = source.substring(position, tag);
    String kept = text;
    if (sign == '-') {
      kept = Whitespace.stripEnd(text, Whitespace::isSpace);
    } else if (sign != '+' && stripsIndentation) {
      int start = text.lastIndexOf('\n') + 1;
      boolean blank = text.substring(start).codePoints().allMatch(Whitespace::isSpace);
      if (blank && (start > 0 || lineStarting)) {
        kept = text.substring(0, start);
      }
    }
    data(kept, text.length() - kept.length());
  }

  private void data(String text, int stripped) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
    int end = position + text.length() + stripped;
    countLines(position, end);
  }

  /** Where the body of a raw block that starts here begins, or -1. */
  private int rawBody(int tag) {
    int at = tag + (signAt(tag + 2) == 0 ? 2 : 3);
    return endOfWordTag(at, "raw", false);
  }

  /** Where a tag of one word ends that starts before the word's white space, or -1. */
  private int endOfWordTag(int from, String word, boolean trims) {
    int at = skipSpace(from);
    if (!source.startsWith(word, at)) {
      return -1;
    }
    return endOfTag(skipSpace(at + word.length()), "%}", trims, trims);
  }

  /**
   * Where the end of a tag that starts here ends, with the white space that it takes, or -1 where
   * no end starts here.
   */
  private int endOfTag(int at, String close, boolean trims, boolean plus) {
    if (source.startsWith("-" + close, at)) {
      return skipSpace(at + 3);
    }
    if (plus && source.startsWith("+" + close, at)) {
      return at + 3;
    }
    if (!source.startsWith(close, at)) {
      return -1;
    }
    return trims && source.startsWith("\n", at + 2) ? at + 3 : at + 2;
  }

  private int skipSpace(int at) {
    int end = at;
    while (end < source.length() && Whitespace.isSpace(source.charAt(end))) {
      end++;
    }
    return end;
  }

  private void raw() {
    for (int at = source.indexOf("{%", position); at >= 0; at = source.indexOf("{%", at + 1)) {
      char sign = signAt(at + 2);
      int end = endOfWordTag(at + (sign == 0 ? 2 : 3), "endraw", true);
      if (end >= 0) {
        text(at, sign, true);
        position = at;
        advance(end);
        return;
      }
    }
    endOfSource("Missing end of raw directive");
  }

  private void comment() {
    for (int at = position; at < source.length(); at++) {
      int end = endOfTag(at, "#}", true, true);
      if (end >= 0) {
        advance(end);
        return;
      }
    }
    endOfSource("Missing end of comment tag");
  }

  /** What is opened as the last thing in a template and not closed is no error to Jinja. */
  private void endOfSource(String error) {
    if (position < source.length()) {
      throw TemplateFailure.at(line, error);
    }
  }

  private void tag(char type) {
    boolean block = type == '%';
    add(block ? Kind.BLOCK_BEGIN : Kind.VARIABLE_BEGIN, "");
    Deque<Character> open = new ArrayDeque<>();
    TagScanner scanner = new TagScanner(source);
    while (position < source.length()) {
      int end = open.isEmpty() ? endOfTag(position, block ? "%}" : "}}", block, block) : -1;
      if (end >= 0) {
        add(block ? Kind.BLOCK_END : Kind.VARIABLE_END, "");
        advance(end);
        return;
      }
      int space = skipSpace(position);
      if (space > position) {
        advance(space);
        continue;
      }
      @Nullable Token token = scanner.next(position, line);
      if (token == null) {
        String unexpected =
            Repr.text(source.substring(position, source.offsetByCodePoints(position, 1)));
        throw TemplateFailure.at(line, "unexpected char " + unexpected + " at " + position);
      }
      if (token.kind() == Kind.OPERATOR) {
        balance(open, token.text());
      }
      tokens.add(token);
      advance(scanner.end());
    }
  }

  private void balance(Deque<Character> open, String operator) {
    int opening = "{[(".indexOf(operator);
    int closing = "}])".indexOf(operator);
    if (opening >= 0) {
      open.push("}])".charAt(opening));
    } else if (closing >= 0) {
      if (open.isEmpty()) {
        throw TemplateFailure.at(line, "unexpected '" + operator + "'");
      }
      char expected = open.pop();
      if (expected != operator.charAt(0)) {
        throw TemplateFailure.at(
            line, "unexpected '" + operator + "', expected '" + expected + "'");
      }
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void advance(int end) {
    countLines(position, end);
    position = end;
    lineStarting = source.charAt(end - 1) == '\n';
  }

  private void countLines(int start, int end) {
    for (int i = start; i < end; i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
  }
}
