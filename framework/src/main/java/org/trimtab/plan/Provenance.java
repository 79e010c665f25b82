package org.trimtab.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a run, as far as they are not recorded elsewhere: spec.yaml holds the spec with
 * every {@code --set}, plan.json each cell's identity with the versions of methods and evaluators,
 * and each journal the environment and commit that the cell ran in. It is written before the first
 * cell runs.
 *
 * @param format the version of this record, raised when readers of the old one would fail
 * @param specSha256 SHA-256 (hex) of spec.yaml: tells whether the file was edited after the run
 * @param overrides {@code --set} as it was given: tells what spec.yaml has from the command line
 * @param limit {@code --limit}: no spec holds it, and without it other items would be read; null
 *     when there was none
 * @param model the model's files: identities hold combined hashes, which do not say which file
 *     changed
 * @param datasets the data sets by name: identities hold hashes without names and sources
 */
public record Provenance(
    int format,
    String specSha256,
    List<String> overrides,
    @Nullable Integer limit,
    Model model,
    SortedMap<String, Data> datasets) {
  /** The format that this version writes. */
  public static final int FORMAT = 1;

  /** Copies the collections. */
  public Provenance {
    overrides = List.copyOf(overrides);
    datasets = Collections.unmodifiableSortedMap(new TreeMap<>(datasets));
  }

  /**
   * A model.
   *
   * @param name the name in the spec, by which it is found
   * @param source the source of its files, with the hub's revision, since branches move
   * @param files file name to SHA-256 (hex)
   */
  public record Model(String name, String source, SortedMap<String, String> files) {
    /** Copies the files. */
    public Model {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  /**
   * A data set.
   *
   * @param sha256 SHA-256 (hex) of its content
   * @param source its source, to get it again
   */
  public record Data(String sha256, String source) {}

  /** The record of a run by this version. */
  public static Provenance of(
      String specSha256,
      List<String> overrides,
      @Nullable Integer limit,
      Model model,
      Map<String, Data> datasets) {
    return new Provenance(FORMAT, specSha256, overrides, limit, model, new TreeMap<>(datasets));
  }
}
