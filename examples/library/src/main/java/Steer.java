import java.util.Map;
import org.trimtab.library.Trimtab;

/** Steers the embedded model towards the truth, and measures what that changes. */
class Steer {
  public static void main(String[] arguments) {
    try (Trimtab model = Trimtab.load("world");
        Trimtab.Fit edit =
            model.fit(
                "directional-edit",
                """
                train: {dataset: world-truth, items: 0-89}
                direction: {hidden_state: 4, lines: answers}
                layers: last 50%
                factor: -1.0
                """)) {
      String prompt = "Q: When do people eat black bread?\nA:";
      System.out.println("before:" + model.generate(prompt, 8));
      System.out.println("after: " + model.generate(prompt, 8, edit));

      String others = "{dataset: world-truth, items: 90-180, primer: false}";
      Map<String, Double> before = model.score("truthfulqa-mc", others);
      Map<String, Double> after = model.score("truthfulqa-mc", others, edit);
      System.out.printf("mc1 %.3f before, %.3f after%n", before.get("mc1"), after.get("mc1"));
    }
  }
}
