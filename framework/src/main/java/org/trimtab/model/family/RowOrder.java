package org.trimtab.model.family;

/** The position in a file of row r of the decoder's matrix. */
public interface RowOrder {
  /** As in the decoder. */
  RowOrder SAME = row -> row;

  /** The row in the file. */
  long source(long row);
}
