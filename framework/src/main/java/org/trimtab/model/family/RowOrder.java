package org.trimtab.model.family;

/** Where row r of the decoder's matrix is in a file. */
public interface RowOrder {
  /** As in the decoder. */
  RowOrder SAME = row -> row;

  /** The row in the file. */
  long source(long row);
}
