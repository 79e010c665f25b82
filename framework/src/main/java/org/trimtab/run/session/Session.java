package org.trimtab.run.session;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.Datasets;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.data.source.model.ResolvedModel;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.io.Hashes;
import org.trimtab.method.Methods;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.kernel.Devices;
import org.trimtab.model.kernel.Machine;
import org.trimtab.model.tokenize.Tokenizers;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Plan;
import org.trimtab.plan.Planner;
import org.trimtab.plan.Provenance;
import org.trimtab.run.Environment;
import org.trimtab.run.Interrupt;
import org.trimtab.run.ModelWorkbench;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.RunOptions;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.Runner;
import org.trimtab.run.Workbench;
import org.trimtab.spec.Precision;
import org.trimtab.spec.Registry;
import org.trimtab.spec.Spec;
import org.trimtab.spec.bind.SpecPrinter;
import org.trimtab.spec.bind.SpecReader;
import org.trimtab.spec.yaml.Problem;
import org.trimtab.spec.yaml.SpecProblems;

/**
 * A spec made ready to run on this machine: validated, its model and data sets found or fetched,
 * its cells planned. No weights are read before a workbench is opened.
 */
public final class Session {
  /** Memory for kept residual streams when the spec does not bound memory. */
  private static final long CACHE_BYTES = 512L << 20;

  private final Request request;
  private final Spec spec;
  private final ResolvedModel model;
  private final ModelConfig config;
  private final List<String> notes;
  private final Device device;
  private final LocalDatasets datasets;
  private final Plan plan;
  private final Judges judges;
  private final Function<String, LanguageModel> models;
  private final Path project;

  /**
   * The user's request.
   *
   * @param file the spec
   * @param overrides texts of the form {@code key.path=value}
   * @param limit the first items of every data set alone
   * @param data a folder of data sets that is searched first
   * @param variant what follows the spec's name in the name of its folder
   */
  public record Request(
      Path file, List<String> overrides, OptionalInt limit, Optional<Path> data, String variant) {
    /** A request by a user, whose limit and overrides make a folder of their own. */
    public Request(Path file, List<String> overrides, OptionalInt limit, Optional<Path> data) {
      this(file, overrides, limit, data, Variant.of(overrides, limit));
    }

    /** The same with further overrides that are not the user's: the folder stays the same. */
    Request with(Collection<String> further) {
      List<String> all = new ArrayList<>(overrides);
      all.addAll(further);
      return new Request(file, all, limit, data, variant);
    }

    /** A step whose failure is due to the value of a key of the spec. */
    private <T> T at(String key, Supplier<T> step) {
      try {
        return step.get();
      } catch (UserException e) {
        throw problem(key, String.valueOf(e.getMessage()));
      }
    }

    private SpecProblems problem(String key, String message) {
      return new SpecProblems(List.of(Problem.at(SpecReader.place(file, overrides, key), message)));
    }

    /**
     * What the latest run in a folder was asked for, read from spec.yaml and provenance.json there.
     *
     * @param overrides further values to replace
     */
    public static Request again(ResultFolder folder, List<String> overrides, Optional<Path> data) {
      @Nullable Integer limit = folder.provenance().limit();
      return new Request(
          folder.specFile(),
          overrides,
          limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
          data,
          Variant.in(folder.plan().name()));
    }
  }

  private Session(
      Request request,
      Spec spec,
      ResolvedModel model,
      ModelConfig config,
      List<String> notes,
      Device device,
      LocalDatasets datasets,
      Plan plan,
      Judges judges,
      Function<String, LanguageModel> models,
      Path project) {
    this.request = request;
    this.spec = spec;
    this.model = model;
    this.config = config;
    this.notes = List.copyOf(notes);
    this.device = device;
    this.datasets = datasets;
    this.plan = plan;
    this.judges = judges;
    this.models = models;
    this.project = project;
  }

  /**
   * Prepares a spec.
   *
   * @param sources where files are looked for and kept
   * @param project the project's root folder
   * @param transfers is notified of downloads
   * @throws org.trimtab.spec.yaml.SpecProblems with everything that is wrong with the spec, first
   *     by itself, then for its model and data sets
   * @throws org.trimtab.UserException when a model or data set cannot be had
   */
  public static Session open(
      Request request,
      SourceSettings sources,
      Path project,
      org.trimtab.data.source.Progress transfers) {
    Datasets known =
        ofSpec(
            new Datasets(sources, request.data().orElse(null), project, transfers), request.file());
    Spec spec =
        new SpecReader(registry(Optional.of(known))).read(request.file(), request.overrides());
    return of(request, spec, known, sources, project, transfers);
  }

  /** Data sets with paths relative to a spec; of results, where they were when it ran. */
  public static Datasets ofSpec(Datasets known, Path spec) {
    Path absolute = spec.toAbsolutePath().normalize();
    Path folder = Objects.requireNonNullElse(absolute.getParent(), absolute);
    Map<String, String> sources = new TreeMap<>();
    ResultFolder results = new ResultFolder(folder);
    if (absolute.equals(results.specFile()) && Files.exists(results.provenanceFile())) {
      results.provenance().datasets().forEach((name, data) -> sources.put(name, data.source()));
    }
    return known.ofSpec(folder, sources);
  }

  /**
   * Prepares a spec that has been read.
   *
   * @param request what it was read from
   * @param known where its data sets are looked for
   * @throws org.trimtab.spec.yaml.SpecProblems with everything that its model or data sets do not
   *     allow
   */
  public static Session of(
      Request request,
      Spec spec,
      Datasets known,
      SourceSettings sources,
      Path project,
      org.trimtab.data.source.Progress transfers) {
    Planner.checkSize(spec);
    ResolvedModel model =
        request.at("model", () -> new ModelSource(sources, transfers).resolve(spec.model()));
    List<String> notes = request.at("model", () -> LanguageModel.check(model.path()));
    checkTemplate(request, spec, model.path());
    ModelConfig config = ModelLoader.config(model.path());
    Devices.engine();
    Device device = request.at("device", () -> Devices.resolve(spec.device().text()));
    if (spec.precision() == Precision.FLOAT16 && !device.isGpu()) {
      throw request.problem(
          "precision",
          "precision float16 needs a GPU, and this runs on the CPU; write precision: float32, or"
              + " device: gpu to see why there is none");
    }
    LocalDatasets datasets =
        new LocalDatasets(known, new ModelSource(sources, transfers), transfers);
    ModelFacts facts =
        new ModelFacts(
            spec.model(),
            config.layers(),
            config.hidden(),
            config.attentionWidth(),
            config.contextLength(),
            model.weightsSha256(),
            model.tokenizerSha256(),
            () -> LanguageModel.chatTemplate(model.path()).isPresent());
    String kind = device.isGpu() ? "gpu" : "cpu";
    Plan plan =
        Planner.plan(spec, facts, datasets, kind, spec.precision(), request.limit())
            .as(spec.name() + request.variant(), request.limit());
    Judges judges = Judging.judges(sources, transfers);
    return new Session(
        request,
        spec,
        model,
        config,
        notes,
        device,
        datasets,
        plan,
        judges,
        Judging.models(sources, transfers),
        project);
  }

  /** Refuses arguments that the model's chat template does not read. */
  private static void checkTemplate(Request request, Spec spec, Path model) {
    if (spec.template().isEmpty()) {
      return;
    }
    String source = LanguageModel.chatTemplate(model).orElse("");
    if (spec.thinking() != null && Spec.THINKING.stream().noneMatch(name -> reads(source, name))) {
      throw request.problem(
          "thinking", "the chat template of " + spec.model() + " has no switch for thinking");
    }
    if (spec.templateArguments() != null) {
      for (String name : spec.templateArguments().keySet()) {
        if (!reads(source, name)) {
          throw request.problem(
              "template_arguments",
              "the chat template of " + spec.model() + " does not read '" + name + "'");
        }
      }
    }
  }

  private static boolean reads(String template, String name) {
    return Pattern.compile("\\b" + name + "\\b").matcher(template).find();
  }

  /**
   * The methods, evaluators and data sets that a spec may name.
   *
   * @param known the data sets; nothing for any
   */
  public static Registry registry(Optional<Datasets> known) {
    Set<String> names =
        known.stream()
            .flatMap(datasets -> datasets.list().stream())
            .map(Datasets.Listing::name)
            .collect(Collectors.toSet());
    return new Registry(Methods.all(), Evaluators.all(), names);
  }

  /** What was asked for. */
  Request request() {
    return request;
  }

  /** The validated spec. */
  public Spec spec() {
    return spec;
  }

  /** Its cells. */
  public Plan plan() {
    return plan;
  }

  /**
   * The cell that a user names by its index.
   *
   * @throws UsageException when the plan has no such cell
   */
  public Cell cell(int index) {
    List<Cell> cells = plan.cells();
    if (index < 0 || index >= cells.size()) {
      throw new UsageException(
          "--cell %d: the plan of %s has cells 0-%d"
              .formatted(index, plan.name(), cells.size() - 1));
    }
    return cells.get(index);
  }

  /**
   * What is unusual in the model's files, and what is valid in the spec but probably unintended:
   * where and why.
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(notes);
    warnings.addAll(PlanWarnings.of(spec, plan, config.layers()));
    return warnings;
  }

  /** The model's files. */
  public ResolvedModel model() {
    return model;
  }

  /** The model's architecture. */
  public ModelConfig config() {
    return config;
  }

  /** The data sets that the plan reads. */
  public LocalDatasets datasets() {
    return datasets;
  }

  /** Device and precision as text: {@code cpu, float32}. */
  public String device() {
    return name(device, spec.precision());
  }

  private static String name(Device device, Precision precision) {
    String kind = device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    return kind + ", " + precision.text();
  }

  /** Loads the model; the caller closes it. */
  public Workbench workbench() {
    return workbench(judges);
  }

  /** Loads the model, with other judges than the spec's. */
  Workbench workbench(Judges asked) {
    return workbench(loaded(), asked);
  }

  /**
   * Loads the spec's model, whose chat template gets the spec's arguments; the caller closes it.
   */
  public LanguageModel loaded() {
    DataType type = spec.precision() == Precision.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT32;
    return templated(LanguageModel.load(spec.model(), model.path(), device, type));
  }

  private LanguageModel templated(LanguageModel loaded) {
    Map<String, Object> arguments = new TreeMap<>();
    spec.template().forEach((name, argument) -> arguments.put(name, argument.value()));
    return loaded.with(arguments);
  }

  /**
   * Works with a model that is loaded.
   *
   * @param loaded the spec's model on the spec's device; closed with the workbench
   */
  public Workbench workbench(LanguageModel loaded) {
    return workbench(templated(loaded), judges);
  }

  private Workbench workbench(LanguageModel loaded, Judges asked) {
    long cacheBytes = spec.memory() == null ? CACHE_BYTES : spec.memory().bytes();
    Map<String, Object> arguments = new TreeMap<>();
    spec.template().forEach((name, argument) -> arguments.put(name, argument.value()));
    return new ModelWorkbench(
        plan, loaded.with(arguments), datasets::path, asked, models, cacheBytes);
  }

  /**
   * Runs cells, or continues a run, and writes results/NAME.
   *
   * @param cells which cells, as {@link RunOptions#some} reads them; null for all
   */
  public RunOutcome run(
      @Nullable String cells, Path results, Progress progress, Interrupt interrupt) {
    Environment environment = environment();
    RunOptions options =
        cells == null ? RunOptions.all(environment) : RunOptions.some(plan, cells, environment);
    return run(options, results, progress, interrupt);
  }

  /** Runs cells, or continues a run, and writes results/NAME. */
  public RunOutcome run(RunOptions options, Path results, Progress progress, Interrupt interrupt) {
    ResultFolder.of(results, plan).begin(SpecPrinter.print(spec), provenance(), plan);
    return Runner.run(plan, this::workbench, results, options, progress, interrupt);
  }

  /** What journals record of this machine and program. */
  public Environment environment() {
    return environment(device, spec.precision(), project);
  }

  /**
   * What journals would record of a run here.
   *
   * @param project the project's root folder
   */
  public static Environment environment(Device device, Precision precision, Path project) {
    return Environment.here(
        "PyTorch " + Devices.engine().getVersion(),
        name(device, precision),
        Tokenizers.libraryVersion(),
        Machine.of(device),
        project);
  }

  private Provenance provenance() {
    Map<String, Provenance.Data> data = new TreeMap<>();
    for (Datasets.Dataset dataset : datasets.found()) {
      data.put(dataset.name(), new Provenance.Data(dataset.sha256(), dataset.source()));
    }
    return Provenance.of(
        Hashes.text(SpecPrinter.print(spec)),
        request.overrides(),
        request.limit().isPresent() ? request.limit().getAsInt() : null,
        new Provenance.Model(spec.model(), model.source(), model.files()),
        data);
  }

  /** Where its results are: results/NAME, with the journals of this and earlier runs. */
  public ResultFolder folder(Path results) {
    return ResultFolder.of(results, plan);
  }
}
