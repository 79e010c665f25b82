package org.trimtab.plan;

import java.util.List;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts;
import org.trimtab.data.DatasetKind;

/** The facts about data sets, and about models other than the steered one, that a plan needs. */
public interface DatasetFacts {
  /**
   * The number of items of a data set; their ids are 0 to that number - 1.
   *
   * @throws org.trimtab.UserException when there is no such data set
   */
  int items(String dataset);

  /**
   * The number of items of a text file of which every line is one.
   *
   * @throws org.trimtab.UserException when there is no such data set, or a line is empty
   */
  default int lines(String dataset) {
    return items(dataset);
  }

  /** The kind of a data set's items. */
  DatasetKind kind(String dataset);

  /**
   * Texts of the user's own.
   *
   * @param files two files of lines, the positive ones first, or one of pairs
   * @throws org.trimtab.UserException when they cannot be learned from
   */
  default ContrastTexts texts(List<String> files) {
    throw new UserException(String.join(" + ", files) + ": no texts of your own can be read here");
  }

  /** SHA-256 (hex) of a data set's content. */
  String sha256(String dataset);

  /**
   * SHA-256 (hex) of the weights of another model.
   *
   * @throws org.trimtab.UserException when there is no such model
   */
  String modelSha256(String model);
}
