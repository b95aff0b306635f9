package dev.lion.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
    private static final int LOOKS = 5000;

    @TempDir
    private Path run;

    private Path lock = Path.of("");
    private Path journal = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(run.resolve("run.json"), "{}");
        lock = run.resolve("lock");
        journal = run.resolve("iteration-0/in-progress/answers.jsonl");
        Files.createDirectories(journal.getParent());
        comes();
    }

    private void comes() throws IOException {
        Files.writeString(lock, "process " + ProcessHandle.current().pid());
        Files.writeString(journal, "{}\n");
    }

    private void goes() throws IOException {
        Files.delete(journal);
        Files.delete(lock);
    }

    @Test
    void look_journalIsRemovedAndBegunAgain_countsItAnew() throws IOException {
        var watch = new RunWatch(run);
        assertThat(watch.look().words()).isEqualTo("Iteration 0 is under way: 1 answers of the teacher.");
        Files.delete(journal);
        assertThat(watch.look().words()).isEqualTo("Iteration 0 is under way.");
        Files.writeString(journal, "{}\n{}\n");
        assertThat(watch.look().words()).isEqualTo("Iteration 0 is under way: 2 answers of the teacher.");
    }

    @Test
    @Timeout(60)
    void look_lockAndJournalsComeAndGoMeanwhile_isNeverWithoutAState() throws Exception {
        assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "skipped: Windows removes no file that is open");
        var watch = new RunWatch(run);
        var enough = new AtomicBoolean();
        var writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                while (!enough.get()) {
                    goes();
                    comes();
                }
                return enough;
            });
            for (int i = 0; i < LOOKS; i++) {
                assertThat(watch.look().phase()).isIn(RunWatch.Phase.RUNNING, RunWatch.Phase.ENDED);
            }
            enough.set(true);
            writing.get();
        } finally {
            enough.set(true);
            writer.shutdown();
        }
    }
}
