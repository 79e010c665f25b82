package org.trimtab.mutation;

/** What a mutation may lead to, known from how it was made. */
enum Expected {
  /** It must be refused. */
  REFUSED,
  /** It must be refused, or make no difference. */
  REFUSED_OR_SAME,
  /** It means the same: it must be accepted, with the same numbers. */
  SAME,
  /** A journal as a killed run leaves it: the run resumes, and a report says what is missing. */
  RESUMABLE,
  /** It may be valid and mean something else, or be refused. */
  ANY
}
