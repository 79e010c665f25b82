import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.run.Workbench;
import org.trimtab.run.session.Session;

/**
 * Trimtab's part of adapter.py: plans the spec as ./run does, fits its one cell, and writes the
 * initial tensors, the facts of each step, the facts that a journal would hold and the seconds as
 * JSON.
 */
final class AdapterSplit {
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    List<String> overrides = List.of(arguments).subList(2, arguments.length);
    List<String> untrained = new ArrayList<>(overrides);
    untrained.add("methods.adapter.steps=0");
    ObjectMapper json = new ObjectMapper();
    ObjectNode result = json.createObjectNode();
    Session session = open(project, overrides);
    Cell cell = session.plan().cells().get(0);
    result.put("model", session.model().path().toString());
    result.put("dataset", session.datasets().path(cell.training().dataset()).toString());
    List<Integer> items = cell.training().items().ids();
    result.set("items", json.valueToTree(items));
    int steps = cell.settings().get("steps").asInt();
    int batch = cell.settings().get("batch").asInt();
    CounterRandom random = CounterRandom.of(cell.seed(), "adapter-batch");
    List<List<Integer>> drawn = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      CounterRandom own = random.at(step);
      List<Integer> places = IntStream.range(0, items.size()).boxed().toList();
      drawn.add(Shuffle.of(places, own::bits, Shuffle.Keys.SIGNED).subList(0, batch));
    }
    result.set("batches", json.valueToTree(drawn));
    Session start = open(project, untrained);
    try (Workbench workbench = start.workbench()) {
      Workbench.Fitted fitted = workbench.fit(start.plan().cells().get(0), FitWatcher.NONE);
      List<List<Object>> tensors = new ArrayList<>();
      for (NDArray tensor : ((FinalAdapter) fitted.intervention()).module().tensors()) {
        tensors.add(List.of(tensor.getShape().getShape(), tensor.toFloatArray()));
      }
      result.set("start", json.valueToTree(tensors));
    }
    try (Workbench workbench = session.workbench()) {
      long begin = System.nanoTime();
      long[] first = {0};
      Workbench.Fitted fitted =
          workbench.fit(
              cell,
              (done, total) -> first[0] = done == 1 ? System.nanoTime() : first[0]);
      result.put("seconds", (System.nanoTime() - begin) / 1e9);
      result.put("first_step", (first[0] - begin) / 1e9);
      result.set("facts", json.valueToTree(fitted.facts()));
    }
    json.writeValue(new File(arguments[1]), result);
  }

  private static Session open(Path project, List<String> overrides) {
    return Session.open(
        new Session.Request(
            project.resolve("bench/adapter.yaml"),
            overrides,
            OptionalInt.empty(),
            Optional.empty()),
        SourceSettings.fromEnvironment(),
        project,
        Progress.NONE);
  }
}
