package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.Provenance;
import dev.lion.report.ReportData.Setting;
import dev.lion.run.Answer;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDataTest {
    private final ReportData data = ReportFixture.seeded(11).iterations(2, 2).build();

    @TempDir
    Path temp;

    @Test
    void of_aRunOnDisk_readsEverythingThatThePageShows() {
        write(Map.of("hardRule", "gap of 1.5 or more"));
        ReportData read = read(RunDirectory.read(temp.resolve("desk")));
        assertThat(read.name()).isEqualTo("desk");
        assertThat(read.hardRule()).isEqualTo("gap of 1.5 or more");
        assertThat(read.unfinished()).isEmpty();
        assertThat(read.settings()).contains(new Setting("seed", "7"), new Setting("teacher", "puzzle-solver"));
        assertThat(read.summaries()).isEqualTo(data.summaries());
        assertThat(read.stageTimes()).isEqualTo(data.stageTimes());
        assertThat(read.instructions()).isEqualTo(data.instructions());
        assertThat(teacherAnswers(read)).isNotEmpty().isEqualTo(teacherAnswers(data));
        assertThat(judgements(read, 2)).isNotEmpty().isEqualTo(judgements(data, 2));
        assertThat(studentAnswers(read, 1)).isNotEmpty().isEqualTo(studentAnswers(data, 1));
    }

    @Test
    void of_anIterationUnderWay_namesIt() throws IOException {
        write(Map.of());
        Files.createDirectories(temp.resolve("desk/iteration-3/in-progress"));
        RunDirectory run = RunDirectory.read(temp.resolve("desk"));
        ReportData read = read(run);
        assertThat(read.unfinished()).hasValue(3);
        assertThat(read.hardRule()).isEqualTo("gap of 1.0 or more");
        assertThat(HtmlReport.of(run).html()).contains("2 iterations finished \u00b7 iteration 3 under way");
    }

    @Test
    void of_aRunWithoutAFileThatItHad_namesIt() throws IOException {
        write(Map.of());
        Files.delete(temp.resolve("desk/iteration-2/verdicts.jsonl"));
        RunDirectory run = RunDirectory.read(temp.resolve("desk"));
        assertThat(read(run).missing())
                .containsExactly(Path.of("iteration-2", "verdicts.jsonl").toString());
        assertThat(HtmlReport.of(run).html())
                .contains("This page lacks what was in", "verdicts.jsonl: the file is no longer in the run.");
    }

    @Test
    void of_aRunThatEndedEarly_saysWhyAndThatNothingIsUnderWay() throws IOException {
        write(Map.of());
        Files.createDirectories(temp.resolve("desk/student/iteration-2"));
        try (RunDirectory run = RunDirectory.open(temp.resolve("desk"))) {
            run.iteration(3).trainingDirectory();
            run.noteEarlyEnd(Optional.of("iteration 3 brought no new instruction"));
            ReportData read = read(run);
            assertThat(read.unfinished()).isEmpty();
            assertThat(read.earlyEnd()).contains("iteration 3 brought no new instruction");
            run.noteEarlyEnd(Optional.empty());
            assertThat(read(run).unfinished()).hasValue(3);
        }
    }

    private void write(Map<String, String> configuration) {
        List<Instruction> seeds = data.instructions().stream()
                .filter(i -> i.provenance() instanceof Provenance.Seed)
                .toList();
        InstructionPool pool = InstructionPool.of(seeds);
        try (RunDirectory run = RunDirectory.open(temp.resolve("desk"))) {
            run.begin(RunManifest.of(7, pool, configuration, Map.of("teacher", "puzzle-solver")), pool);
            data.summaries().forEach(summary -> write(run.iteration(summary.iteration()), summary));
            data.stageTimes().forEach(run::addStageTime);
        }
    }

    private void write(IterationDirectory directory, IterationSummary summary) {
        int iteration = summary.iteration();
        directory.commit(RecordType.ANSWERS, iteration == 0 ? teacherAnswers(data) : List.of());
        directory.commit(RecordType.STUDENT_ANSWERS, studentAnswers(data, iteration));
        directory.commit(RecordType.VERDICTS, judgements(data, iteration));
        directory.commit(RecordType.REJECTED, List.of());
        directory.commit(
                RecordType.GENERATED,
                data.instructions().stream().filter(i -> madeIn(i, iteration)).toList());
        directory.finish(summary);
    }

    private static boolean madeIn(Instruction instruction, int iteration) {
        return instruction.provenance() instanceof Provenance.Generated made && made.iteration() == iteration;
    }

    private static ReportData read(RunDirectory run) {
        return RunData.of(run, instruction -> Optional.empty());
    }

    private static List<Answer> teacherAnswers(ReportData data) {
        List<Answer> answers = new ArrayList<>();
        data.texts().teacherAnswers(answers::add);
        return answers;
    }

    private static List<Answer> studentAnswers(ReportData data, int iteration) {
        List<Answer> answers = new ArrayList<>();
        data.texts().studentAnswers(iteration, answers::add);
        return answers;
    }

    private static List<Judgement> judgements(ReportData data, int iteration) {
        List<Judgement> judgements = new ArrayList<>();
        data.texts().judgements(iteration, judgements::add);
        return judgements;
    }
}
