package dev.lion.student.training;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.ImitationSummary.Preferences;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.training.TinyModel.Kind;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreferenceTrainingTest {
    private static final List<LabelledSequence> EXAMPLES = TinyModel.examples(6, 1);
    private static final List<PreferencePair> PAIRS = DpoTest.pairs(5, 20);

    /** 4 steps on answers, 6 on preferences. */
    private static final TrainingConfig CONFIG = TrainingConfig.builder()
            .epochs(2)
            .learningRate(1e-3)
            .batchSize(3)
            .tokensPerPass(30)
            .dpo(new DpoConfig(0.1, 2, 1e-3, 2))
            .saveEvery(Duration.ofNanos(1))
            .build();

    private static final int ANSWER_STEPS = 4;
    private static final int STEPS = 10;

    @TempDir
    Path temp;

    /** How a training ended: what it tells and what it leaves. */
    private record Ended(ImitationSummary summary, List<ByteBuffer> weights) {}

    /** As a new process would, which has only the files. */
    private static Ended train(Kind kind, TrainingConfig config, TrainingContext context) throws IOException {
        try (var model = TinyModel.of(kind)) {
            return new Ended(train(model, config, PAIRS, context), model.contents());
        }
    }

    private static ImitationSummary train(
            TinyModel model, TrainingConfig config, List<PreferencePair> pairs, TrainingContext context)
            throws IOException {
        return new Trainer(model.model(), model.threads(), config).train(EXAMPLES, pairs, context);
    }

    @ParameterizedTest
    @EnumSource
    void train_pairs_makesTheChosenAnswersLikelierThanTheRejected(Kind kind) throws IOException {
        var config = CONFIG.toBuilder()
                .dpo(new DpoConfig(0.1, 30, kind == Kind.FULL ? 3e-3 : 2e-2, 5))
                .saveEvery(Duration.ofHours(1))
                .build();
        try (var model = TinyModel.of(kind);
                var imitator = TinyModel.of(kind)) {
            train(imitator, config, List.of(), ScriptedTraining.in(temp.resolve("imitation"), 1));

            var losses = train(model, config, PAIRS, ScriptedTraining.in(temp.resolve("both"), 1))
                    .preferenceLosses();

            assertThat(losses.get(0).loss()).isCloseTo(Math.log(2), within(1e-6));
            assertThat(losses.get(losses.size() - 1).loss()).isLessThan(0.3);
            double[] before = leads(imitator);
            double[] after = leads(model);
            assertThat(DoubleStream.of(before).min().orElseThrow())
                    .as("some pair is not preferred yet")
                    .isNegative();
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i]).isPositive().isGreaterThan(before[i] + 1);
            }
        }
    }

    /** The last pair is the first one, turned: alone in a step its margin is far below 0. */
    @Test
    void train_aPairThatContradictsAnother_isNotTakenForAnExplosion() throws IOException {
        var pairs = new ArrayList<>(DpoTest.pairs(6, 20));
        var first = pairs.get(0);
        pairs.add(new PreferencePair(/* chosen= */ first.rejected(), /* rejected= */ first.chosen()));
        var config = CONFIG.toBuilder()
                .dpo(new DpoConfig(0.5, 6, 1e-2, 1))
                .saveEvery(Duration.ofHours(1))
                .build();
        try (var model = TinyModel.full()) {
            var losses =
                    train(model, config, pairs, ScriptedTraining.in(temp, 1)).preferenceLosses();

            assertThat(losses).hasSize(42);
            assertThat(losses.stream().mapToDouble(LossPoint::loss).max().orElseThrow())
                    .isGreaterThan(4 * Math.log(2));
        }
    }

    private static double[] leads(TinyModel model) {
        return PAIRS.stream()
                .mapToDouble(pair -> DpoTest.chance(model, pair.chosen()) - DpoTest.chance(model, pair.rejected()))
                .toArray();
    }

    @Test
    void train_pairs_tellsOfOneTrainingInTwoParts() throws IOException {
        var context = ScriptedTraining.in(temp.resolve("both"), 1);
        var alone = ScriptedTraining.in(temp.resolve("alone"), 1);
        try (var model = TinyModel.full();
                var imitator = TinyModel.full()) {
            var imitation = train(imitator, CONFIG, List.of(), alone);
            var summary = train(model, CONFIG, PAIRS, context);

            assertThat(summary.losses()).isEqualTo(context.points()).hasSize(STEPS);
            assertThat(summary.losses().stream().map(LossPoint::step))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, STEPS).boxed().toList());
            assertThat(context.totals()).hasSize(STEPS).containsOnly((long) STEPS);
            assertThat(summary.imitationLosses()).isEqualTo(imitation.losses());
            assertThat(summary.preferences()).contains(new Preferences(5, 0, ANSWER_STEPS + 1));
            assertThat(summary.examples()).isEqualTo(6);
            assertThat(summary.tokens() - imitation.tokens())
                    .isEqualTo(2
                            * PAIRS.stream()
                                    .mapToLong(PreferencePair::inputLength)
                                    .sum());
        }
    }

    private static Stream<Arguments> kills() {
        return Stream.of(Kind.values()).flatMap(kind -> Stream.of(2, 4, 5, 6, 9).map(step -> Arguments.of(kind, step)));
    }

    @ParameterizedTest(name = "{0} killed after step {1}")
    @MethodSource("kills")
    void train_killed_endsBitForBitAsIfNeverKilled(Kind kind, int step) throws IOException {
        var whole = train(kind, CONFIG, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        killAfter(step, kind, CONFIG, cut);
        var continued = ScriptedTraining.in(cut, 1);

        assertThat(train(kind, CONFIG, continued)).isEqualTo(whole);
        assertThat(continued.points()).hasSize(STEPS - step + 1);
    }

    /** Nothing is saved between the first step of a part and its end. */
    @Test
    void train_killedLongAfterTheLastSaving_endsBitForBitAsIfNeverKilled() throws IOException {
        var config = CONFIG.toBuilder().saveEvery(Duration.ofHours(1)).build();
        var whole = train(Kind.LORA, config, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        killAfter(3, Kind.LORA, config, cut);
        killAfter(8, Kind.LORA, config, cut);
        var continued = ScriptedTraining.in(cut, 1);

        assertThat(train(Kind.LORA, config, continued)).isEqualTo(whole);
        assertThat(continued.points().get(0).step()).isEqualTo(ANSWER_STEPS + 1);
    }

    private static void killAfter(long step, Kind kind, TrainingConfig config, Path directory) {
        var context = new WatchedTraining(directory, () -> {});
        context.at(step, () -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> train(kind, config, context)).hasMessage("killed");
    }

    @ParameterizedTest
    @EnumSource
    void train_stoppedAgainAndAgain_endsBitForBitAsIfNeverStopped(Kind kind) throws IOException {
        var whole = train(kind, CONFIG, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        int done = 0;
        for (int steps : new int[] {0, ANSWER_STEPS, 0, 1, 2}) {
            done += steps;
            assertThatThrownBy(() ->
                            train(kind, CONFIG, ScriptedTraining.in(cut, 1).stoppedAfter(steps)))
                    .isInstanceOf(StoppedException.class)
                    .hasMessageMatching("training was stopped (after step " + done + "|between the answers).*");
        }
        var continued = ScriptedTraining.in(cut, 1);

        assertThat(train(kind, CONFIG, continued)).isEqualTo(whole);
        assertThat(continued.points()).hasSize(STEPS - ANSWER_STEPS - 3);
    }

    @Test
    void train_onPreferences_keepsNoProgressOfTheImitation() throws IOException {
        killAfter(ANSWER_STEPS + 2, Kind.FULL, CONFIG, temp);

        assertThat(temp.resolve("training.state")).doesNotExist();
        assertThat(temp.resolve("preferences")).isDirectoryContaining("glob:**training.state");
    }

    @Test
    void train_progressOfOtherPairs_isNotTakenUp() throws IOException {
        killAfter(ANSWER_STEPS + 2, Kind.FULL, CONFIG, temp);
        var context = ScriptedTraining.in(temp, 1);
        try (var model = TinyModel.full()) {
            train(model, CONFIG, PAIRS.subList(0, 4), context);
        }
        assertThat(context.points()).hasSize(ANSWER_STEPS + 4);
        assertThat(context.notices())
                .singleElement(as(STRING))
                .contains(temp.resolve("preferences/training.state").toString(), "another training", "begins anew");
    }

    @Test
    void train_referenceLostInTheMiddle_isRefusedWithAdvice() throws IOException {
        killAfter(ANSWER_STEPS + 3, Kind.FULL, CONFIG, temp);
        Files.delete(temp.resolve("preferences/reference"));

        assertThatThrownBy(() -> train(Kind.FULL, CONFIG, ScriptedTraining.in(temp, 1)))
                .isInstanceOf(DamagedProgressException.class)
                .hasMessageContainingAll("the reference is missing in", "delete that folder");
    }

    @Test
    void train_damagedNumbers_areRefusedWithAdvice() throws IOException {
        killAfter(ANSWER_STEPS + 3, Kind.FULL, CONFIG, temp);
        Path reference = temp.resolve("preferences/reference");
        byte[] bytes = Files.readAllBytes(reference);
        bytes[bytes.length - 12] ^= 1;
        Files.write(reference, bytes);

        assertThatThrownBy(() -> train(Kind.FULL, CONFIG, ScriptedTraining.in(temp, 1)))
                .isInstanceOf(DamagedProgressException.class)
                .hasMessageContainingAll("reference does not hold what was written", "delete it");
    }

    @Test
    void train_inOtherPasses_isTheSameButForRounding() throws IOException {
        var expected = train(Kind.FULL, CONFIG, ScriptedTraining.in(temp.resolve("a"), 1));
        var config = CONFIG.toBuilder().tokensPerPass(1000).build();
        var found = train(Kind.FULL, config, ScriptedTraining.in(temp.resolve("b"), 1));
        for (int i = 0; i < STEPS; i++) {
            assertThat(found.summary().losses().get(i).loss())
                    .isCloseTo(expected.summary().losses().get(i).loss(), within(1e-4));
        }
    }

    @Test
    void train_pairTooLong_isLeftOutAndSaid() throws IOException {
        int longest = PAIRS.stream()
                .mapToInt(
                        pair -> Math.max(pair.chosen().length(), pair.rejected().length()))
                .max()
                .orElseThrow();
        var config = CONFIG.toBuilder().maxLength(longest - 1).build();
        var context = ScriptedTraining.in(temp, 1);
        try (var model = TinyModel.full()) {
            var preferences = train(model, config, PAIRS, context).preferences().orElseThrow();

            assertThat(preferences.pairs() + preferences.skipped()).isEqualTo(5);
            assertThat(preferences.skipped()).isPositive();
            assertThat(context.notices())
                    .anyMatch(notice -> notice.startsWith("of the preferences " + preferences.skipped() + " of 5 "));
        }
    }

    @Test
    void train_allPairsTooLong_learnsTheAnswersAllTheSame() throws IOException {
        var long1 = LabelledSequence.of("long", new int[96], 2);
        var config = CONFIG.toBuilder().maxLength(60).build();
        var context = ScriptedTraining.in(temp, 1);
        try (var model = TinyModel.full()) {
            var summary = train(model, config, List.of(new PreferencePair(long1, long1)), context);

            assertThat(summary.losses()).hasSize(ANSWER_STEPS);
            assertThat(summary.preferences()).contains(new Preferences(0, 1, ANSWER_STEPS + 1));
            assertThat(context.notices()).anyMatch(notice -> notice.startsWith("no preferences are learnt: "));
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, step 4 left a weight that is no number", "3e38, step 5 was not made: its reference is no number"})
    void train_lastStepOnAnswersBrokeTheModel_stopsAndLeavesTheProgressBeforeIt(float poison, String message)
            throws IOException {
        var whole = train(Kind.FULL, CONFIG, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path broken = temp.resolve("broken");
        try (var model = TinyModel.full()) {
            var context = new WatchedTraining(broken, () -> {});
            context.at(ANSWER_STEPS, () -> poison(model, poison));

            assertThatThrownBy(() -> train(model, CONFIG, PAIRS, context))
                    .isInstanceOf(UnstableTrainingException.class)
                    .hasMessageContaining(message);
        }

        assertThat(train(Kind.FULL, CONFIG, ScriptedTraining.in(broken, 1))).isEqualTo(whole);
    }

    private static void poison(TinyModel model, float value) {
        var norm = model.weights().bytes("model.norm.weight").asFloatBuffer();
        while (norm.hasRemaining()) {
            norm.put(value);
        }
    }

    @Test
    void train_weightBecomesNaN_stopsAndNamesTheStepAndThePairs() {
        try (var model = TinyModel.full()) {
            var context = new WatchedTraining(temp, () -> {});
            context.at(ANSWER_STEPS + 1, () -> poison(model, Float.NaN));

            assertThatThrownBy(() -> train(model, CONFIG, PAIRS, context))
                    .isInstanceOfSatisfying(UnstableTrainingException.class, stop -> {
                        assertThat(stop.step()).isEqualTo(ANSWER_STEPS + 2);
                        assertThat(stop.examples()).hasSize(2).allMatch(id -> id.startsWith("example "));
                    });
        }
    }
}
