package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnstableTrainingTest {
    private static final TrainingConfig CONFIG =
            TrainingConfig.builder().epochs(40).learningRate(1e-3).batchSize(4).build();
    private static final TrainingConfig SAVED_AT_EVERY_STEP =
            CONFIG.toBuilder().epochs(3).saveEvery(Duration.ofNanos(1)).build();

    @TempDir
    Path temp;

    @Test
    void train_rateFarTooHigh_stopsWithTheWeightsOfTheStepBefore() {
        try (var model = TinyModel.full()) {
            var contents = new ArrayList<List<ByteBuffer>>();
            var context = new WatchedTraining(temp, () -> contents.add(model.contents()));
            var config = CONFIG.toBuilder().learningRate(0.9).build();

            var stop = catchThrowableOfType(
                    UnstableTrainingException.class, () -> model.train(config, TinyModel.examples(16, 1), context));

            assertThat(stop).hasMessageContainingAll("explodes", "Lower the learning rate", "learning rate 0.");
            assertThat(stop.step()).isEqualTo(contents.size() + 1L).isGreaterThan(2);
            assertThat(stop.examples())
                    .hasSize(4)
                    .allSatisfy(id -> assertThat(stop).hasMessageContaining(id));
            assertThat(model.contents()).isEqualTo(contents.get(contents.size() - 1));
        }
    }

    @Test
    void train_weightBecomesNaN_stopsAndLeavesTheSavedProgress() throws IOException {
        try (var model = TinyModel.full()) {
            var examples = TinyModel.examples(16, 1);
            var context = new WatchedTraining(temp.resolve("broken"), () -> {});
            context.at(5, () -> poison(model));

            assertThatThrownBy(() -> model.train(SAVED_AT_EVERY_STEP, examples, context))
                    .isInstanceOfSatisfying(UnstableTrainingException.class, stop -> {
                        assertThat(stop.step()).isEqualTo(6);
                        assertThat(stop.loss()).isNaN();
                    })
                    .hasMessageContainingAll("step 6 was not made", "loss is NaN", "example ");
        }
        assertThatSavedProgressLeadsOn();
    }

    private static void poison(TinyModel model) {
        model.weights().bytes("model.norm.weight").asFloatBuffer().put(3, Float.NaN);
    }

    /** Nothing follows that would show it, as another step is stopped for or was the last. */
    @ParameterizedTest
    @ValueSource(ints = {5, 12})
    void train_weightBecomesNaNInTheLastStepThatIsMade_stopsAndLeavesTheSavedProgress(int step) throws IOException {
        try (var model = TinyModel.full()) {
            var context = new WatchedTraining(temp.resolve("broken"), () -> {});
            context.at(step, () -> {
                poison(model);
                Thread.currentThread().interrupt();
            });

            assertThatThrownBy(() -> model.train(SAVED_AT_EVERY_STEP, TinyModel.examples(16, 1), context))
                    .isInstanceOfSatisfying(UnstableTrainingException.class, stop -> {
                        assertThat(stop.step()).isEqualTo(step);
                        assertThat(stop.loss()).isFinite();
                        assertThat(stop.examples()).hasSize(4);
                    })
                    .hasMessageContaining("step " + step + " left a weight that is no number");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThatSavedProgressLeadsOn();
    }

    /** The file is of a step before the damage: a training that goes on from it ends like one that met none. */
    private void assertThatSavedProgressLeadsOn() throws IOException {
        try (var whole = TinyModel.full();
                var resumed = TinyModel.full()) {
            var examples = TinyModel.examples(16, 1);
            var saved = temp.resolve("broken");
            assertThat(saved.resolve("training.state")).isNotEmptyFile();
            var expected = whole.train(SAVED_AT_EVERY_STEP, examples, ScriptedTraining.in(temp.resolve("whole"), 1));
            var continued = ScriptedTraining.in(saved, 1);

            assertThat(resumed.train(SAVED_AT_EVERY_STEP, examples, continued)).isEqualTo(expected);
            assertThat(resumed.contents()).isEqualTo(whole.contents());
            assertThat(continued.points()).hasSizeLessThan(expected.losses().size());
        }
    }

    @Test
    void train_ordinarySettingsOfAnyKind_neverStops() throws IOException {
        for (var kind : TinyModel.Kind.values()) {
            for (double rate : new double[] {1e-4, 3e-3, 3e-2}) {
                try (var model = TinyModel.of(kind)) {
                    var config = CONFIG.toBuilder()
                            .learningRate(rate)
                            .batchSize(1)
                            .maxGradientNorm(1)
                            .build();
                    Path own = Files.createDirectory(temp.resolve(kind + "-" + rate));

                    assertThat(model.train(config, TinyModel.examples(8, 1), ScriptedTraining.in(own, 1))
                                    .losses())
                            .hasSize(320);
                }
            }
        }
    }
}
