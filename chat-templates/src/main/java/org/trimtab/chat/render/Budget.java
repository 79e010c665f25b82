package org.trimtab.chat.render;

import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.RangeValue;
import org.trimtab.chat.value.Sequence;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;

/** The work and the depth that one rendering has used up. */
final class Budget {
  private static final int TEXT_PER_UNIT = 256;
  private static final int ELEMENTS_PER_UNIT = 16;

  private long work;
  private int depth;

  /** Counts an evaluation that may nest others. */
  void enter() {
    work(1);
    if (++depth > Limits.DEPTH) {
      throw Failure.limit("the template evaluates deeper than " + Limits.DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  /** Counts an operation on a value, which takes longer where the value is large; returns it. */
  Value used(Value value) {
    if (value instanceof Text text) {
      work(Limits.text(text.value().length()) / TEXT_PER_UNIT);
    } else if (value instanceof Sequence sequence) {
      work(sequence.items().size() / ELEMENTS_PER_UNIT);
    } else if (value instanceof DictValue dict) {
      work(dict.size() / ELEMENTS_PER_UNIT);
    } else if (value instanceof RangeValue range) {
      work(range.items().size() / ELEMENTS_PER_UNIT);
    }
    return value;
  }

  void work(long units) {
    work += units;
    if (work > Limits.WORK) {
      throw Failure.limit("the template does more than " + Limits.WORK + " steps");
    }
  }
}
