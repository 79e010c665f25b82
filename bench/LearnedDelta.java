import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.trimtab.run.Workbench;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.Cell;
import org.trimtab.run.session.Session;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/**
 * Trimtab's part of learned_delta.py: plans the spec as ./run does, fits its one cell, and writes
 * the vector, the facts that a journal would hold and the seconds as JSON.
 */
final class LearnedDelta {
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    Session session =
        Session.open(
            new Session.Request(
                project.resolve("bench/learned-delta.yaml"),
                List.of(arguments).subList(2, arguments.length),
                OptionalInt.empty(),
                Optional.empty()),
            SourceSettings.fromEnvironment(),
            project,
            Progress.NONE);
    Cell cell = session.plan().cells().get(0);
    ObjectMapper json = new ObjectMapper();
    ObjectNode result = json.createObjectNode();
    result.set("settings", cell.settings());
    result.put("model", session.model().path().toString());
    result.put("dataset", session.datasets().path(cell.training().dataset()).toString());
    result.set("items", json.valueToTree(cell.training().items().ids()));
    try (Workbench workbench = session.workbench()) {
      long[] last = {0};
      long begin = System.nanoTime();
      Workbench.Fitted fitted =
          workbench.fit(
              cell,
              (done, total) -> {
                if (done == 0) {
                  result.put("prepared", (System.nanoTime() - begin) / 1e9);
                }
                last[0] = System.nanoTime();
              });
      result.put("seconds", (System.nanoTime() - begin) / 1e9);
      result.put("stepped", (last[0] - begin) / 1e9);
      result.set("facts", json.valueToTree(fitted.facts()));
      try (PromptEndDelta delta = (PromptEndDelta) fitted.intervention()) {
        result.set("vector", json.valueToTree(delta.delta().toFloatArray()));
      }
    }
    json.writeValue(new File(arguments[1]), result);
  }
}
