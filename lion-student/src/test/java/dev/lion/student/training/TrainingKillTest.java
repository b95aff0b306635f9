package dev.lion.student.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.student.training.TinyModel.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real kills (SIGKILL) of a real process while it trains and saves, at moments that are drawn from a seed. */
@Tag("slow")
class TrainingKillTest {
    private static final int KILLS = 3;
    private static final long LONGEST_SECONDS = 60;

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void train_killedAgainAndAgain_endsBitForBitAsIfNeverKilled(Kind kind) throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no SIGKILL");
        Path progress = Files.createDirectory(temp.resolve("progress"));
        var random = new Random(kind == Kind.FULL ? 1 : 2);
        for (int kill = 1; kill <= KILLS; kill++) {
            killed(progress, kind, 10 * kill + random.nextInt(10), random.nextInt(20));
        }

        try (var whole = TinyModel.of(kind);
                var resumed = TinyModel.of(kind)) {
            var examples = TinyModel.examples(16, 1);
            var expected = whole.train(ChildTraining.CONFIG, examples, ChildTraining.context(temp.resolve("whole")));
            var continued = ChildTraining.context(progress);

            assertThat(resumed.train(ChildTraining.CONFIG, examples, continued)).isEqualTo(expected);
            assertThat(resumed.contents()).isEqualTo(whole.contents());
            assertThat(continued.points()).hasSizeLessThan(expected.losses().size() - 10);
        }
        assertThat(progress).isDirectoryNotContaining("glob:**pending");
    }

    /** Lets a process train until all processes together made so many steps, and kills it some time later. */
    private void killed(Path progress, Kind kind, int steps, int millisLater) throws IOException, InterruptedException {
        Process process = ChildTraining.start(progress, kind);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (process.isAlive() && steps() < steps && System.nanoTime() < deadline) {
                Thread.sleep(1);
            }
            Thread.sleep(millisLater);
            assertThat(process.isAlive()).as("the training, before the kill").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(steps()).isGreaterThanOrEqualTo(steps);
        assertThat(Files.readString(temp.resolve("output"))).doesNotContain("Exception");
    }

    private int steps() throws IOException {
        Path file = temp.resolve("steps");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
