import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.method.tune.ParzenEstimator;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Space;
import org.trimtab.method.tune.Split;
import org.trimtab.method.tune.Trial;
import org.trimtab.method.tune.Tuner;
import org.trimtab.method.tune.TunerSettings;

/** Trimtab's part of tpe.py: seconds of each round of asks, and log densities, as JSON. */
final class TpeAsks {
  public static void main(String[] arguments) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode task = json.readTree(new File(arguments[0]));
    Map<String, Domain> parameters = new LinkedHashMap<>();
    task.get("names").forEach(name -> parameters.put(name.asText(), Domain.parse("0.0..1.0")));
    Space space = new Space(parameters);
    List<Trial> history = new ArrayList<>();
    for (JsonNode point : task.get("points")) {
      int trial = history.size();
      history.add(new Trial(trial, point(space, point), task.get("values").get(trial).asDouble()));
    }
    int asks = task.get("asks").asInt();
    int rounds = task.get("rounds").asInt();
    ObjectNode result = json.createObjectNode();
    Tuner tuner =
        TunerSettings.of(TunerSettings.Kind.TPE, history.size() + rounds * asks)
            .tuner(space, Goal.MINIMISE, CounterRandom.of(0, "bench"));
    int next = history.size();
    ArrayNode seconds = result.putArray("seconds");
    for (int round = 0; round < rounds; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < asks; i++) {
        tuner.ask(next++, history);
      }
      seconds.add((System.nanoTime() - begin) / 1e9);
    }
    Split split = Split.of(history, Goal.MINIMISE);
    densities(result.putArray("log_l"), split.below(), space, task.get("query"));
    densities(result.putArray("log_g"), split.above(), space, task.get("query"));
    System.out.println(result);
  }

  private static void densities(ArrayNode to, List<Trial> trials, Space space, JsonNode query) {
    ParzenEstimator estimator = ParzenEstimator.of(space, trials);
    query.forEach(point -> to.add(estimator.logDensity(point(space, point))));
  }

  private static Point point(Space space, JsonNode numbers) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : space.parameters().keySet()) {
      values.put(name, numbers.get(values.size()).asDouble());
    }
    return new Point(values);
  }
}
