package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.training.TinyModel.Kind;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How examples are laid together changes nothing but rounding. */
class PackedTrainingTest {
    private static final double ROUNDING = 1e-5;
    private static final List<LabelledSequence> EXAMPLES = TinyModel.examples(24, 8);

    @TempDir
    Path temp;

    /** Without dropout, whose choices belong to a pass. */
    private static TinyModel model(Kind kind) {
        return kind == Kind.FULL ? TinyModel.full() : TinyModel.adapted(LoraConfig.ofRank(4));
    }

    @ParameterizedTest
    @EnumSource
    void addGradients_packed_isTheSumOfEachSequenceAlone(Kind kind) {
        try (var model = model(kind);
                var packed = Parameters.like(model.model().decoder(), model.weights());
                var alone = Parameters.like(model.model().decoder(), model.weights())) {
            var objective = new Supervised(model.model(), false);
            double labels = EXAMPLES.stream().mapToDouble(objective::weight).sum();

            double loss = objective.addGradients(EXAMPLES, labels, packed, 1);
            double sum = EXAMPLES.stream()
                    .mapToDouble(one -> objective.addGradients(List.of(one), labels, alone, 1))
                    .sum();

            assertThat(loss).isCloseTo(sum, within(ROUNDING));
            assertAlike(packed, alone);
            assertThat(largest(packed)).isGreaterThan(1000 * ROUNDING);
        }
    }

    private static void assertAlike(Parameters some, Parameters others) {
        for (String name : some.names()) {
            var expected = others.bytes(name).asFloatBuffer();
            var found = some.bytes(name).asFloatBuffer();
            while (found.hasRemaining()) {
                assertThat((double) found.get()).as(name).isCloseTo(expected.get(), within(ROUNDING));
            }
        }
    }

    private static double largest(Parameters parameters) {
        double largest = 0;
        for (String name : parameters.names()) {
            var numbers = parameters.bytes(name).asFloatBuffer();
            while (numbers.hasRemaining()) {
                largest = Math.max(largest, Math.abs(numbers.get()));
            }
        }
        return largest;
    }

    @ParameterizedTest(name = "{0}, at most {1} tokens a pass")
    @CsvSource({"FULL, 1", "FULL, 60", "LORA, 1", "LORA, 60"})
    void train_inSeveralPassesAStep_isTheSameButForRounding(Kind kind, int tokensPerPass) throws IOException {
        var config = TrainingConfig.builder()
                .epochs(3)
                .learningRate(1e-3)
                .batchSize(24)
                .build();
        var cut = config.toBuilder().tokensPerPass(tokensPerPass).build();
        try (var large = model(kind);
                var small = model(kind)) {
            var expected = large.train(config, EXAMPLES, ScriptedTraining.in(temp.resolve("a"), 5))
                    .losses();
            var losses = small.train(cut, EXAMPLES, ScriptedTraining.in(temp.resolve("b"), 5))
                    .losses();

            assertThat(losses).hasSize(3);
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i).loss()).isCloseTo(expected.get(i).loss(), within(ROUNDING));
                assertThat(losses.get(i).gradientNorm().orElseThrow())
                        .isCloseTo(expected.get(i).gradientNorm().orElseThrow(), within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void train_onAnotherNumberOfThreads_isTheSameButForRounding(Kind kind) throws IOException {
        var config = TrainingConfig.builder()
                .epochs(3)
                .learningRate(1e-3)
                .batchSize(8)
                .build();
        try (var some = model(kind);
                var others = model(kind);
                var three = TensorThreads.of(3, others.model().decoder().config())) {
            var expected = some.train(config, EXAMPLES, ScriptedTraining.in(temp.resolve("a"), 5))
                    .losses();
            var losses = new Trainer(others.model(), three, config)
                    .train(EXAMPLES, ScriptedTraining.in(temp.resolve("b"), 5))
                    .losses();

            assertThat(losses).hasSize(9);
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i).loss()).isCloseTo(expected.get(i).loss(), within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void train_withRecomputation_isTheSameButForRounding(Kind kind) throws IOException {
        var config = TrainingConfig.builder()
                .epochs(3)
                .learningRate(1e-3)
                .batchSize(8)
                .build();
        try (var kept = TinyModel.of(kind);
                var computedAgain = TinyModel.of(kind)) {
            var expected = kept.train(config, EXAMPLES, ScriptedTraining.in(temp.resolve("a"), 5))
                    .losses();
            var losses = computedAgain
                    .train(
                            config.toBuilder().recomputation(true).build(),
                            EXAMPLES,
                            ScriptedTraining.in(temp.resolve("b"), 5))
                    .losses();

            assertThat(losses).hasSize(9).hasSameSizeAs(expected);
            for (int i = 0; i < losses.size(); i++) {
                assertThat(losses.get(i).loss()).isCloseTo(expected.get(i).loss(), within(ROUNDING));
            }
        }
    }
}
