package org.trimtab.world.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.world.Corpus;
import org.trimtab.world.Corpus.Stage;
import org.trimtab.world.World;

/** The training of the world's model. */
class WorldTrainingTest {
  private static final Schedule SHORT =
      new Schedule(
          12,
          4,
          3e-3,
          2,
          List.of(
              new Schedule.Phase(0.5, new Stage(1, 0.5, 16)),
              new Schedule.Phase(1, new Stage(0.5, 0.5, 181))));

  @TempDir private Path folder;

  private WorldTraining training(String name, Schedule schedule, long seed) {
    return new WorldTraining(new Corpus(World.load(), seed), seed, schedule, folder.resolve(name));
  }

  private byte[] weights(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name).resolve("model.safetensors"));
  }

  @Test
  void lossFalls() {
    float[] losses = training("a", SHORT, 0).run((done, steps, loss) -> {}, () -> false);
    assertThat(losses).hasSize(12);
    // A uniform guess over the vocabulary costs ln 1002 = 6.91 nats.
    assertThat(losses[0]).isBetween(6.5f, 7.3f);
    assertThat(losses[11]).isLessThan(losses[0] - 1);
  }

  @Test
  void anInterruptedTrainingGoesOnToTheSameBytes() throws IOException {
    float[] whole = training("whole", SHORT, 0).run((done, steps, loss) -> {}, () -> false);
    AtomicInteger asked = new AtomicInteger();
    WorldTraining cut = training("cut", SHORT, 0);
    float[] begun = cut.run((done, steps, loss) -> {}, () -> asked.incrementAndGet() == 5);
    assertThat(begun).hasSize(5);
    assertThat(folder.resolve("cut/checkpoint.safetensors")).exists();
    float[] rest = training("cut", SHORT, 0).run((done, steps, loss) -> {}, () -> false);
    assertThat(rest).isEqualTo(whole);
    assertThat(weights("cut")).isEqualTo(weights("whole"));
    assertThat(folder.resolve("cut/checkpoint.safetensors")).doesNotExist();
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    training("a", SHORT.withSteps(1), 0).run((done, steps, loss) -> {}, () -> false);
    training("b", SHORT.withSteps(1), 1).run((done, steps, loss) -> {}, () -> false);
    assertThat(weights("a")).isNotEqualTo(weights("b"));
  }

  @Test
  void aCheckpointOfOtherSettingsIsRefused() {
    training("a", SHORT, 0).run((done, steps, loss) -> {}, () -> true);
    WorldTraining other = training("a", SHORT.withSteps(10), 0);
    assertThatThrownBy(() -> other.run((done, steps, loss) -> {}, () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("checkpoint.safetensors")
        .hasMessageContaining("other settings");
  }

  @Test
  void theRateWarmsUpAndFallsToATenthAndPhasesFollowEachOther() {
    Schedule schedule =
        new Schedule(
            100,
            1,
            1,
            10,
            List.of(
                new Schedule.Phase(0.6, new Stage(1, 0.5, 16)),
                new Schedule.Phase(1, new Stage(0.5, 0.2, 181))));
    assertThat(schedule.rate(0)).isEqualTo(0.1);
    assertThat(schedule.rate(9)).isEqualTo(1);
    assertThat(schedule.rate(55)).isCloseTo(0.55, within(1e-9));
    assertThat(schedule.rate(99)).isBetween(0.1, 0.101);
    assertThat(schedule.stage(59)).isEqualTo(new Stage(1, 0.5, 16));
    assertThat(schedule.stage(60)).isEqualTo(new Stage(0.5, 0.2, 16));
    assertThat(schedule.stage(80)).isEqualTo(new Stage(0.5, 0.2, 99));
    assertThat(schedule.withSteps(10).stage(8)).isEqualTo(new Stage(0.5, 0.2, 99));
  }
}
