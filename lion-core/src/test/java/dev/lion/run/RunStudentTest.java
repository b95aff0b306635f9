package dev.lion.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.ImitationSummary;
import dev.lion.fixture.Fakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which student is the run's, and what else a strategy leaves in the directory. */
class RunStudentTest {
    private static final ImitationSummary LEARNT = ImitationSummary.ofAll(1, 0, List.of());

    @TempDir
    Path temp;

    private RunDirectory begun() {
        RunDirectory run = RunDirectory.open(temp.resolve("run"));
        run.begin(RunManifest.of(1, Fakes.pool("a"), Map.of(), Map.of()), Fakes.pool("a"));
        return run;
    }

    private static void train(RunDirectory run, int iteration) throws IOException {
        Files.writeString(run.iteration(iteration).pendingStudent().resolve("weights"), "w");
        run.iteration(iteration).finishImitation(LEARNT);
    }

    private static void finish(RunDirectory run, int iteration, int kept) {
        run.iteration(iteration)
                .finish(new IterationSummary(
                        iteration, Optional.empty(), Optional.empty(), 1, 1, 0, LEARNT, Optional.empty(), kept));
    }

    private Path student(String name) {
        return temp.resolve("run/student").resolve(name);
    }

    @Test
    void student_ofFinishedIterations_isTheOneTheLastOfThemKept() throws IOException {
        try (RunDirectory run = begun()) {
            train(run, 0);
            finish(run, 0, 0);
            train(run, 1);
            finish(run, 1, 1);
            assertThat(run.student()).contains(student("iteration-1"));
            train(run, 2);
            finish(run, 2, 0);
            assertThat(run.student()).contains(student("iteration-0"));
        }
    }

    @Test
    void student_trainedButNotYetMeasured_isNotTheRunsUnlessItIsTheFirst() throws IOException {
        try (RunDirectory run = begun()) {
            train(run, 0);
            assertThat(run.student()).contains(student("iteration-0"));
            finish(run, 0, 0);
            train(run, 1);
            assertThat(run.student()).contains(student("iteration-0"));
        }
    }

    @Test
    void summary_ofALaterStudentKept_isRefused() throws IOException {
        try (RunDirectory run = begun()) {
            train(run, 1);
            assertThatThrownBy(() -> finish(run, 1, 2)).hasMessageContaining("from 0 to 1, but is of 2");
            finish(run, 1, 0);
        }
        Path summary = temp.resolve("run/iteration-1/summary.json");
        Files.writeString(summary, Files.readString(summary).replace("\"keptIteration\" : 0", "\"keptIteration\" : 7"));
        try (RunDirectory run = RunDirectory.read(temp.resolve("run"))) {
            assertThatThrownBy(run::summaries)
                    .isInstanceOf(DamagedRunException.class)
                    .hasMessageContaining("summary.json");
        }
    }

    @Test
    void baseStudent_pendingOneLeftBehind_isNotThere() throws IOException {
        try (RunDirectory run = begun()) {
            Files.writeString(run.pendingBaseStudent().resolve("weights"), "half");
            assertThat(run.baseStudent()).isEmpty();
        }
        try (RunDirectory run = begun()) {
            assertThat(student("base.pending")).doesNotExist();
            Files.writeString(run.pendingBaseStudent().resolve("weights"), "whole");
            run.keepBaseStudent();
            assertThat(run.baseStudent()).contains(student("base"));
            assertThat(student("base/weights")).hasContent("whole");
            assertThat(run.student()).isEmpty();
        }
    }

    @Test
    void earlyEnd_notedAndTakenBack_isThereUntilThen() {
        try (RunDirectory run = begun()) {
            run.noteEarlyEnd(Optional.empty());
            assertThat(run.earlyEnd()).isEmpty();
            run.noteEarlyEnd(Optional.of("enough \"is\" enough"));
            assertThat(RunDirectory.read(temp.resolve("run")).earlyEnd()).contains("enough \"is\" enough");
            run.noteEarlyEnd(Optional.empty());
            assertThat(run.earlyEnd()).isEmpty();
        }
        RunDirectory reader = RunDirectory.read(temp.resolve("run"));
        assertThatThrownBy(() -> reader.noteEarlyEnd(Optional.empty())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::pendingBaseStudent).isInstanceOf(IllegalStateException.class);
    }
}
