package org.trimtab.plan;

import org.trimtab.data.DatasetKind;

/** What a plan must know of data sets, and of models beside the one that is steered. */
public interface DatasetFacts {
  /**
   * The number of items of a data set; their ids are 0 to that number - 1.
   *
   * @throws org.trimtab.UserException when there is no such data set
   */
  int items(String dataset);

  /** What the items of a data set are. */
  DatasetKind kind(String dataset);

  /** SHA-256 (hex) of a data set's content. */
  String sha256(String dataset);

  /**
   * SHA-256 (hex) of the weights of another model.
   *
   * @throws org.trimtab.UserException when there is no such model
   */
  String modelSha256(String model);
}
