package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.fixture.Fakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IterationDirectoryTest {
    private static final int ITERATIONS = 1000;
    private static final List<Answer> ANSWERS =
            List.of(new Answer(Instruction.idOf("first", ""), Response.of("answer")));

    @TempDir
    private Path temp;

    /** As many iterations, each with a journal, and beside it the file that is to be committed. */
    private RunDirectory begun() throws IOException {
        var seeds = Fakes.pool("first");
        RunDirectory run = RunDirectory.open(temp.resolve("run"));
        run.begin(RunManifest.of(1, seeds, Map.of(), Map.of()), seeds);
        IterationDirectory first = run.iteration(0);
        try (var journal = first.journal(RecordType.ANSWERS)) {
            ANSWERS.forEach(journal::append);
        }
        first.commit(RecordType.ANSWERS, ANSWERS);
        Files.move(committed(run, 0), pending(run, 0));
        for (int i = 1; i < ITERATIONS; i++) {
            Files.createDirectories(journal(run, i).getParent());
            Files.copy(journal(run, 0), journal(run, i));
            Files.copy(pending(run, 0), pending(run, i));
        }
        return run;
    }

    private static Path committed(RunDirectory run, int iteration) {
        return run.path().resolve("iteration-" + iteration + "/answers.jsonl");
    }

    private static Path pending(RunDirectory run, int iteration) {
        return run.path().resolve("iteration-" + iteration + "/answers.jsonl.pending");
    }

    private static Path journal(RunDirectory run, int iteration) {
        return run.path().resolve("iteration-" + iteration + "/in-progress/answers.jsonl");
    }

    @Test
    @Timeout(60)
    void present_journalBecomesTheCommittedFileMeanwhile_isNeverWithoutIt() throws Exception {
        assumeFalse(
                System.getProperty("os.name").startsWith("Windows"), "skipped: Windows removes no file that is open");
        var both = new CyclicBarrier(2);
        var writer = Executors.newSingleThreadExecutor();
        try (RunDirectory run = begun()) {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < ITERATIONS; i++) {
                    both.await();
                    Files.move(pending(run, i), committed(run, i), StandardCopyOption.ATOMIC_MOVE);
                    Files.delete(journal(run, i));
                }
                return ITERATIONS;
            });
            for (int i = 0; i < ITERATIONS; i++) {
                both.await();
                while (Files.exists(journal(run, i))) {
                    assertThat(run.iteration(i).present(RecordType.ANSWERS)).isEqualTo(ANSWERS);
                }
            }
            assertThat(writing.get()).isEqualTo(ITERATIONS);
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void present_journalIsGoneOnceItsFileIsCommitted_showsTheCommittedFile() throws IOException {
        try (RunDirectory run = begun()) {
            assertThat(run.iteration(0).present(RecordType.ANSWERS)).isEqualTo(ANSWERS);
            Files.move(pending(run, 0), committed(run, 0));
            Files.delete(journal(run, 0));
            assertThat(run.iteration(0).present(RecordType.ANSWERS)).isEqualTo(ANSWERS);
            Files.delete(committed(run, 0));
            assertThat(run.iteration(0).present(RecordType.ANSWERS)).isEmpty();
        }
    }
}
