package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.role.StoppedException;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLockTest {
    private static final TrainingConfig CONFIG =
            TrainingConfig.builder().epochs(1).batchSize(2).build();
    private static final List<LabelledSequence> EXAMPLES = TinyModel.examples(4, 1);

    @TempDir
    Path temp;

    @Test
    void train_whereAnotherTrainingOfThisProcessIsUnderWay_isRefusedAndDisturbsNothing() throws IOException {
        try (var model = TinyModel.full();
                var second = TinyModel.full()) {
            var context = new WatchedTraining(temp, () -> {});
            context.at(
                    1,
                    () -> assertThatThrownBy(
                                    () -> second.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp.resolve("."), 1)))
                            .isInstanceOf(DirectoryInUseException.class)
                            .hasMessageContainingAll("another training of this process", temp.toString()));

            assertThat(model.train(CONFIG, EXAMPLES, context).losses()).hasSize(2);
        }
    }

    @Test
    void train_whereAnotherProcessTrains_isRefused() throws Exception {
        var holder = Holder.start(temp);
        try (var model = TinyModel.full()) {
            assertThat(holder.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");

            assertThatThrownBy(() -> model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 1)))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContainingAll("another process trains in", temp.toString());

            holder.destroyForcibly().waitFor();
            assertThat(model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 1))
                            .losses())
                    .hasSize(2);
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void train_afterEveryEndOfOneBefore_findsTheDirectoryFree() throws IOException {
        try (var model = TinyModel.full()) {
            var stopped = ScriptedTraining.in(temp, 1).stoppedAfter(1);
            var failing = new WatchedTraining(temp, () -> {
                throw new IllegalStateException("failed");
            });
            assertThatThrownBy(() -> model.train(CONFIG, EXAMPLES, stopped)).isInstanceOf(StoppedException.class);
            assertThatThrownBy(() -> model.train(CONFIG, EXAMPLES, failing)).hasMessage("failed");
            model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 1));

            assertThat(model.train(CONFIG, EXAMPLES, ScriptedTraining.in(temp, 2))
                            .losses())
                    .hasSize(2);
        }
    }

    /** A process that holds a directory until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            var lock = TrainingLock.hold(Path.of(arguments[0]));
            try (lock) {
                System.out.println("held");
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            }
        }

        static Process start(Path directory) throws IOException {
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            directory.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }
    }
}
