package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.TensorThreads;
import dev.lion.student.decoder.TinyDecoders;
import dev.lion.testing.ScriptedTraining;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProgressTest {
    private static final TrainingConfig CONFIG = TrainingConfig.builder()
            .epochs(2)
            .learningRate(1e-3)
            .batchSize(4)
            .saveEvery(Duration.ofNanos(1))
            .build();

    @TempDir
    Path temp;

    private Decoder decoder;
    private TensorThreads threads;
    private DecoderModel weights;

    @BeforeEach
    void open() {
        decoder = Decoder.open(TinyDecoders.TIED, false);
        threads = TensorThreads.of(2, TinyDecoders.TIED);
        weights = DecoderModel.full(decoder, Parameters.random(decoder, 1));
    }

    @AfterEach
    void close() {
        threads.close();
        decoder.close();
    }

    @Test
    void train_afterAKillBetweenSavings_endsAsIfNeverKilled() throws IOException {
        var whole = train(ScriptedTraining.in(temp.resolve("whole"), 1));
        var expected = contents();
        forget();
        Path cut = temp.resolve("cut");
        assertThatThrownBy(() -> train(new KilledContext(cut, 4))).hasMessage("killed");
        forget();

        assertThat(train(ScriptedTraining.in(cut, 1))).isEqualTo(whole);
        assertThat(contents()).isEqualTo(expected);
    }

    @Test
    void train_completeButTheStudentWasLost_isRepeatedFromTheLastSavingOnly() throws IOException {
        var whole = train(ScriptedTraining.in(temp, 1));
        var expected = contents();
        forget();
        var repeated = ScriptedTraining.in(temp, 1);

        assertThat(train(repeated)).isEqualTo(whole);
        assertThat(contents()).isEqualTo(expected);
        assertThat(repeated.points()).hasSize(1);
    }

    @Test
    void train_progressOfAnotherTraining_isNotTakenUp() throws IOException {
        var whole = train(ScriptedTraining.in(temp.resolve("whole"), 1));
        forget();
        Path other = temp.resolve("other");
        assertThatThrownBy(() -> train(ScriptedTraining.in(other, 2).stoppedAfter(3)))
                .isInstanceOf(StoppedException.class);
        forget();

        assertThat(train(ScriptedTraining.in(other, 1))).isEqualTo(whole);
    }

    @Test
    void train_interruptedThread_savesAndStopsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> train(ScriptedTraining.in(temp, 1))).isInstanceOf(StoppedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(temp.resolve("training.state")).isNotEmptyFile();
    }

    @Test
    void train_damagedProgress_saysWhatToDo() throws IOException {
        assertThatThrownBy(() -> train(ScriptedTraining.in(temp, 1).stoppedAfter(3)))
                .isInstanceOf(StoppedException.class);
        Path file = temp.resolve("training.state");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));

        assertThatThrownBy(() -> train(ScriptedTraining.in(temp, 1)))
                .isInstanceOf(EOFException.class)
                .hasMessageContainingAll(file.toString(), "delete it");
    }

    @Test
    void train_diskFull_namesTheFile() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full to stand for a full disk");
        Files.createSymbolicLink(temp.resolve("training.state.pending"), Path.of("/dev/full"));

        assertThatThrownBy(() -> train(ScriptedTraining.in(temp, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(temp.resolve("training.state").toString(), "No space left");
    }

    private List<LossPoint> train(TrainingContext context) throws IOException {
        return new Trainer(weights, threads, CONFIG).train(examples(), context).losses();
    }

    /** As a new process would. */
    private void forget() {
        weights.close();
        weights = DecoderModel.full(decoder, Parameters.random(decoder, 1));
    }

    private List<ByteBuffer> contents() {
        return weights.trainable().names().stream()
                .map(name -> ByteBuffer.allocate(weights.trainable().bytes(name).remaining())
                        .put(weights.trainable().bytes(name))
                        .flip())
                .toList();
    }

    private static List<LabelledSequence> examples() {
        var random = new Random(1);
        return IntStream.range(0, 14)
                .mapToObj(i -> LabelledSequence.of(
                        "example " + i,
                        random.ints(6L + i % 5, 0, TinyDecoders.TIED.vocabSize())
                                .toArray(),
                        4))
                .toList();
    }

    /** Throws after some steps, without asking to stop first. */
    private record KilledContext(Path checkpointDirectory, int steps) implements TrainingContext {
        @Override
        public int iteration() {
            return 0;
        }

        @Override
        public long randomSeed() {
            return 1;
        }

        @Override
        public boolean stopRequested() {
            return false;
        }

        @Override
        public void onStep(LossPoint point, long totalSteps) {
            if (point.step() == steps) {
                throw new IllegalStateException("killed");
            }
        }
    }
}
