package dev.lion.student.training;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.ImitationSummary;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.training.TinyModel.Kind;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingProgressTest {
    private static final List<LabelledSequence> EXAMPLES = TinyModel.examples(14, 1);
    private static final TrainingConfig CONFIG = TrainingConfig.builder()
            .epochs(2)
            .learningRate(1e-3)
            .weightDecay(0.01)
            .batchSize(4)
            .tokensPerPass(30)
            .saveEvery(Duration.ofNanos(1))
            .build();

    @TempDir
    Path temp;

    /** How a training ended: what it tells and what it leaves. */
    private record Ended(ImitationSummary summary, List<ByteBuffer> weights) {}

    /** As a new process would, which has only the files. */
    private static Ended train(Kind kind, TrainingConfig config, TrainingContext context) throws IOException {
        try (var model = TinyModel.of(kind)) {
            return new Ended(model.train(config, EXAMPLES, context), model.contents());
        }
    }

    private static void killAfter(long step, Kind kind, TrainingConfig config, Path directory) {
        var context = new WatchedTraining(directory, () -> {});
        context.at(step, () -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> train(kind, config, context)).hasMessage("killed");
    }

    private static Stream<Arguments> killsOfEachKind() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(1L, 2L, 4L, 5L, 7L, 8L).map(step -> Arguments.of(kind, step)));
    }

    @ParameterizedTest(name = "{0} killed after step {1}")
    @MethodSource("killsOfEachKind")
    void train_killed_endsBitForBitAsIfNeverKilled(Kind kind, long step) throws IOException {
        var whole = train(kind, CONFIG, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        killAfter(step, kind, CONFIG, cut);
        var continued = ScriptedTraining.in(cut, 1);

        assertThat(train(kind, CONFIG, continued)).isEqualTo(whole);
        assertThat(continued.points()).hasSize(Math.toIntExact(8 - step + 1));
    }

    @ParameterizedTest
    @EnumSource
    void train_stoppedTwice_endsBitForBitAsIfNeverStopped(Kind kind) throws IOException {
        var whole = train(kind, CONFIG, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        for (int done : new int[] {3, 6}) {
            assertThatThrownBy(() ->
                            train(kind, CONFIG, ScriptedTraining.in(cut, 1).stoppedAfter(3)))
                    .isInstanceOf(StoppedException.class)
                    .hasMessageContaining("after step " + done);
        }

        assertThat(train(kind, CONFIG, ScriptedTraining.in(cut, 1))).isEqualTo(whole);
    }

    @Test
    void train_savedAtOtherTimes_isTheSameTraining() throws IOException {
        killAfter(5, Kind.FULL, CONFIG, temp);
        var continued = ScriptedTraining.in(temp, 1);

        train(Kind.FULL, CONFIG.toBuilder().saveEvery(Duration.ofHours(1)).build(), continued);

        assertThat(continued.points()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void train_whileAndAfterIt_keepsOneFileOnly(Kind kind) throws IOException {
        Path left = Files.writeString(temp.resolve("training.state.pending"), "half of a file");
        var context = new WatchedTraining(
                temp,
                () -> assertThat(temp)
                        .isDirectoryContaining("glob:**training.state")
                        .isDirectoryNotContaining("glob:**pending"));

        train(kind, CONFIG, context);

        assertThat(left).doesNotExist();
        assertThat(temp).isDirectoryContaining("glob:**training.state");
    }

    /** 8 trained bytes of moments for 4 of weights; the adapter's base is not saved. */
    @Test
    void train_adapter_savesItAndItsMomentsOnly() throws IOException {
        try (var model = TinyModel.adapted(LoraConfig.ofRank(1))) {
            model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 1));

            assertThat(Files.size(temp.resolve("training.state")))
                    .isBetween(
                            12 * model.weights().count(), 12 * model.weights().count() + 500);
        }
    }

    private enum Change {
        SEED,
        SETTINGS,
        EXAMPLES,
        ADAPTER,
        PRECISION,
        BASE,
        ORIGIN
    }

    @ParameterizedTest
    @EnumSource
    void train_progressOfAnotherTraining_isNotTakenUp(Change change) throws IOException {
        killAfter(5, Kind.LORA, CONFIG, temp);
        var lora = LoraConfig.ofRank(4).withDropout(0.1);
        var continued = ScriptedTraining.in(temp, change == Change.SEED ? 2 : 1);
        try (var model = TinyModel.adapted(
                change == Change.ADAPTER ? lora.withAlpha(1) : lora,
                change == Change.PRECISION,
                change == Change.BASE ? WeightType.BFLOAT16 : WeightType.FLOAT32)) {
            model.trainer(
                            change == Change.SETTINGS
                                    ? CONFIG.toBuilder().weightDecay(0).build()
                                    : CONFIG)
                    .from(change == Change.ORIGIN ? "another model" : "")
                    .train(change == Change.EXAMPLES ? TinyModel.examples(14, 2) : EXAMPLES, continued);
        }

        assertThat(continued.points()).hasSize(8);
        assertThat(continued.notices())
                .singleElement(as(STRING))
                .contains(temp.resolve("training.state").toString(), "another training", "begins anew and replaces");
    }

    @Test
    void train_noProgressOrItsOwn_givesNoNotice() throws IOException {
        killAfter(5, Kind.FULL, CONFIG, temp);
        var other = ScriptedTraining.in(temp.resolve("other"), 1);
        var continued = ScriptedTraining.in(temp, 1);

        train(Kind.FULL, CONFIG, other);
        train(Kind.FULL, CONFIG, continued);

        assertThat(other.notices()).isEmpty();
        assertThat(continued.notices()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void train_stoppedWithinAStep_givesThatUpAndEndsBitForBitAsIfNeverStopped(Kind kind) throws IOException {
        var config = CONFIG.toBuilder().tokensPerPass(1).build();
        var whole = train(kind, config, ScriptedTraining.in(temp.resolve("whole"), 1));
        Path cut = temp.resolve("cut");
        var context = new WatchedTraining(cut, () -> {});
        context.at(2, () -> context.stopAtLook(4)); // the first is between the steps, then come four passes

        assertThatThrownBy(() -> train(kind, config, context))
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("after step 2");
        assertThat(train(kind, config, ScriptedTraining.in(cut, 1))).isEqualTo(whole);
    }

    @Test
    void train_interruptedThread_savesAndStopsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> train(Kind.FULL, CONFIG, ScriptedTraining.in(temp, 1)))
                .isInstanceOf(StoppedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(temp.resolve("training.state")).isNotEmptyFile();
    }

    private enum Damage {
        CUT {
            @Override
            byte[] done(byte[] whole) {
                return Arrays.copyOf(whole, whole.length - 100);
            }
        },
        CUT_TO_A_FEW_BYTES {
            @Override
            byte[] done(byte[] whole) {
                return Arrays.copyOf(whole, 30);
            }
        },
        EMPTIED {
            @Override
            byte[] done(byte[] whole) {
                return new byte[0];
            }
        },
        LENGTHENED {
            @Override
            byte[] done(byte[] whole) {
                return Arrays.copyOf(whole, whole.length + 1);
            }
        },
        A_BIT_OF_A_WEIGHT {
            @Override
            byte[] done(byte[] whole) {
                whole[whole.length / 2] ^= 4;
                return whole;
            }
        },
        NUMBER_OF_STEPS {
            @Override
            byte[] done(byte[] whole) {
                whole["lion-training-2\n".length() + 64 + 3] ^= 0x7f;
                return whole;
            }
        },
        OTHER_VERSION {
            @Override
            byte[] done(byte[] whole) {
                whole["lion-training-".length()] = '1';
                return whole;
            }
        };

        abstract byte[] done(byte[] whole);
    }

    @ParameterizedTest
    @EnumSource
    void train_damagedProgress_saysWhatToDoAndLeavesTheWeights(Damage damage) throws IOException {
        killAfter(5, Kind.FULL, CONFIG, temp);
        Path file = temp.resolve("training.state");
        Files.write(file, damage.done(Files.readAllBytes(file)));
        try (var model = TinyModel.full()) {
            var before = model.contents();

            assertThatThrownBy(() -> model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 1)))
                    .isInstanceOf(DamagedProgressException.class)
                    .hasMessageContainingAll(
                            file.toString(),
                            damage == Damage.OTHER_VERSION ? "another version" : "",
                            "delete it to begin this training again");
            assertThat(model.contents()).isEqualTo(before);
        }
    }

    @Test
    void train_diskFull_namesTheFileAndKeepsTheOneBefore() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full to stand for a full disk");
        Path pending = temp.resolve("training.state.pending");
        var context = new WatchedTraining(temp, () -> {});
        context.at(3, () -> linkToFullDisk(pending));

        assertThatThrownBy(() -> train(Kind.FULL, CONFIG, context))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(temp.resolve("training.state").toString(), "No space left");
        var continued = ScriptedTraining.in(temp, 1);
        train(Kind.FULL, CONFIG, continued);
        assertThat(continued.points()).hasSize(6);
    }

    private static void linkToFullDisk(Path link) {
        try {
            Files.createSymbolicLink(link, Path.of("/dev/full"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
