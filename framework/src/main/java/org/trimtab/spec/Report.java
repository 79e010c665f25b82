package org.trimtab.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run.
 *
 * @param table the main table, which a run prints at its end; null for none
 * @param tables further tables; null for none
 * @param figures the figures; null for all that have data, but those that must be named
 */
public record Report(
    @Key("the main table; default: the known metrics of everything") @Nullable Table table,
    @Key("further tables, each with a name of its own") @Nullable List<Table> tables,
    @Key("figures; default: one of each kind that has data") @Nullable List<Figure> figures) {
  private static final String BASELINE = "baseline";
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
  static final String NAME_MEANING = "a name of letters, digits, - and _ (at most 64)";

  /** One table and every figure that has data, all defaults. */
  public static Report standard() {
    return new Report(null, null, null);
  }

  /** The main table, then the further ones; there is always one. */
  public List<Table> allTables() {
    List<Table> further = tables == null ? List.of() : tables;
    List<Table> named =
        Stream.concat(Optional.ofNullable(table).stream(), further.stream()).toList();
    return named.isEmpty() ? List.of(Table.standard()) : named;
  }

  /** The figures: unless any are named, one of each kind that need not be named. */
  public List<Figure> allFigures() {
    return figures == null
        ? FigureKind.all().stream().filter(FigureKind::unnamed).map(Figure::standard).toList()
        : figures;
  }

  /**
   * The same report, with the baseline as the reference of what names none.
   *
   * @param baseline what the spec calls the baseline
   */
  public Report against(String baseline) {
    List<Table> resolved = allTables().stream().map(each -> each.resolved(baseline)).toList();
    return new Report(
        resolved.get(0),
        resolved.subList(1, resolved.size()),
        allFigures().stream().map(each -> each.resolved(baseline)).toList());
  }

  /** The keys of the methods with which tables and figures compare, if given. */
  public Set<String> references() {
    Stream<String> ofTables = allTables().stream().map(Table::against);
    Stream<String> ofFigures =
        figures == null ? Stream.of() : figures.stream().map(Figure::against);
    return Stream.concat(ofTables, ofFigures)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * A table of the report.
   *
   * @param name the name of its files
   * @param rows what distinguishes its rows
   * @param columns metrics as {@code prefix/name}
   * @param by the detail of items by whose values every row is split; null for whole rows
   * @param against the key of the method that the others are compared with; null for baseline
   * @param caption what the table shows; null for the spec's question
   */
  public record Table(
      @Key(
              value = "name of its files; no two tables or figures share one",
              defaultValue = "table",
              pattern = NAME,
              patternMeaning = NAME_MEANING)
          String name,
      @Key("what tells rows apart: method, seed, fold, train, or names of settings")
          List<String> rows,
      @Key("metrics, each as its evaluator's prefix, a slash and its name: truthfulqa/mc1")
          List<String> columns,
      @Key("a group of items by which every row is split, as evaluators declare: level")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String by,
      @Key("the key of the method that every row is compared with") @Nullable String against,
      @Key("what the table shows; default: the question") @Nullable String caption) {
    /** The main metrics of everything, against the baseline. */
    public static Table standard() {
      return new Table("table", List.of(), List.of(), null, null, null);
    }

    /** The same table of other metrics. */
    public Table withColumns(List<String> metrics) {
      return new Table(name, rows, metrics, by, against, caption);
    }

    /** The key of the method that rows are compared with. */
    public String reference() {
      return against == null ? BASELINE : against;
    }

    private Table resolved(String baseline) {
      return against == null ? new Table(name, rows, columns, by, baseline, caption) : this;
    }
  }

  /**
   * A figure of the report.
   *
   * @param kind what it shows
   * @param name what its files are called; null for its kind
   * @param metric what it shows, as {@code prefix/name}; null for the main table's first metric, in
   *     every evaluation that has it
   * @param cost the metric that a trade-off sets against it; null for the perplexity
   * @param factor the numeric setting that a dose-response varies
   * @param by the group of items that a by-group figure has on its x axis; null for the first one
   * @param at the factor at which a layer profile is taken; null for the one with most ranges
   * @param against the key of the method that is the horizontal line; null for baseline
   * @param caption what the figure shows; null for a description of its kind
   */
  public record Figure(
      @Key("what it shows") FigureKind kind,
      @Key(
              value = "name of its files; default: its kind",
              pattern = NAME,
              patternMeaning = NAME_MEANING)
          @Nullable String name,
      @Key("the metric; default: the main table's first, in each evaluation that has it")
          @Nullable String metric,
      @Key("trade-off: the metric that is paid; default: a perplexity") @Nullable String cost,
      @Key(value = "dose-response: the numeric setting that varies", defaultValue = "factor")
          String factor,
      @Key("by-group: the group of items on the x axis, such as level; default: the first one")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String by,
      @Key("layer-profile: the factor at which it is taken; default: that of most layer ranges")
          @Nullable Double at,
      @Key("the key of the method that is drawn as a line") @Nullable String against,
      @Key("what the figure shows; default: a description") @Nullable String caption) {
    /** A figure of a kind, all defaults. */
    public static Figure standard(FigureKind kind) {
      return new Figure(kind, null, null, null, "factor", null, null, null, null);
    }

    /** The name of its files. */
    public String fileName() {
      return name == null ? kind.name() : name;
    }

    /** The key of the method that is drawn as a line. */
    public String reference() {
      return against == null ? BASELINE : against;
    }

    /** The caption, unless there is none. */
    public String captionOr(String standard) {
      return caption == null ? standard : caption;
    }

    private Figure resolved(String baseline) {
      return against == null
          ? new Figure(kind, name, metric, cost, factor, by, at, baseline, caption)
          : this;
    }
  }
}
