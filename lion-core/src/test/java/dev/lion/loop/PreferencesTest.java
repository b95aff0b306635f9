package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Demonstration;
import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.run.ManifestMismatchException;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import dev.lion.strategy.PreferenceRule;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which preferences the student is handed, and what is told of them. */
class PreferencesTest {
    @TempDir
    Path temp;

    private final List<List<Preference>> handed = new ArrayList<>();
    private final List<List<Demonstration>> lessons = new ArrayList<>();
    private final List<LoopEvent> events = new ArrayList<>();

    private LoopResult run(PreferenceRule rule, Student student, ScriptedRoles roles) {
        return LoopFixture.run(
                LoopFixture.loop(roles, student)
                        .config(LoopFixture.config().preferences(rule).build())
                        .listener(events::add)
                        .build(),
                temp.resolve("run"));
    }

    private Recording recording() {
        return new Recording(true);
    }

    @Test
    void run_withARule_handsOverWhatItTakesFromTheIterationsOwnVerdicts() {
        run(PreferenceRule.gap(2), recording(), ScriptedRoles.prompt());
        assertThat(handed).hasSize(3);
        assertThat(handed.get(0)).isEmpty();
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            for (int iteration = 1; iteration <= 2; iteration++) {
                assertThat(handed.get(iteration)).isNotEmpty().isEqualTo(expected(run, iteration));
            }
        }
    }

    private static List<Preference> expected(RunDirectory run, int iteration) {
        Map<String, Response> teacher = run.teacherAnswers();
        Map<String, Response> student = run.studentAnswers(iteration);
        return run.judgements(iteration).stream()
                .filter(judgement -> judgement.gap().orElse(0) >= 2)
                .map(Judgement::instructionId)
                .map(id -> new Preference(
                        instruction(run, id),
                        Objects.requireNonNull(teacher.get(id)),
                        Objects.requireNonNull(student.get(id))))
                .toList();
    }

    private static Instruction instruction(RunDirectory run, String id) {
        return run.instructions().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void run_withARule_leavesTheDemonstrationsAsTheyWere() {
        run(PreferenceRule.hard(), recording(), ScriptedRoles.prompt());
        List<Instruction> taught =
                lessons.get(1).stream().map(Demonstration::instruction).toList();
        assertThat(handed.get(1).stream().map(Preference::instruction)).doesNotContainAnyElementsOf(taught);
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            assertThat(run.generated(1)).containsAll(taught);
        }
    }

    @Test
    void run_withoutARule_handsOverNone() {
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt(), recording()).build(), temp.resolve("run"));
        assertThat(handed).hasSize(3).allMatch(List::isEmpty);
    }

    @Test
    void run_answersBlankOrEqual_areNotPreferred() {
        Student mute = new Recording(true) {
            @Override
            public List<Response> answer(List<Instruction> batch) {
                return batch.stream().map(PreferencesTest::blankOrTheTeachers).toList();
            }
        };
        run(PreferenceRule.gap(0.5), mute, ScriptedRoles.prompt());
        assertThat(events)
                .filteredOn(LoopEvent.IterationFinished.class::isInstance)
                .anyMatch(event -> ((LoopEvent.IterationFinished) event)
                        .summary()
                        .discrimination()
                        .filter(d -> d.hard() > 0)
                        .isPresent());
        assertThat(handed).hasSize(3).allMatch(List::isEmpty);
    }

    private static Response blankOrTheTeachers(Instruction instruction) {
        return instruction.id().hashCode() % 2 == 0
                ? new Response(" ", FinishReason.LENGTH, TokenUsage.NONE)
                : Response.of("teacher on " + instruction.fullText());
    }

    @Test
    void run_brokenDownInTheImitation_handsOverTheSamePairsAgain() {
        Recording breaking = new Recording(true) {
            @Override
            public void save(Path directory) throws IOException {
                if (handed.size() == 2) {
                    throw new IOException("disk full");
                }
                super.save(directory);
            }
        };
        assertThatThrownBy(() -> run(PreferenceRule.gap(2), breaking, ScriptedRoles.prompt()))
                .isInstanceOf(RoleFailedException.class);
        run(PreferenceRule.gap(2), recording(), ScriptedRoles.prompt());
        assertThat(handed.get(1)).isNotEmpty().isEqualTo(handed.get(2));
    }

    @Test
    void run_begunUnderAnotherRule_isNotContinued() {
        LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), temp.resolve("run"));
        assertThatThrownBy(() -> run(PreferenceRule.hard(), recording(), ScriptedRoles.prompt()))
                .isInstanceOf(ManifestMismatchException.class)
                .hasMessageContaining("preferences")
                .hasMessageContaining("→ hard");
    }

    @Test
    void run_studentLearntFromPreferences_saysHowMany() {
        run(PreferenceRule.gap(2), recording(), ScriptedRoles.prompt());
        int pairs = handed.get(1).size();
        assertThat(imitationOf(1))
                .matches("learnt from \\d+ answers, loss .*; then from " + pairs + " preferences, loss .*");
        assertThat(imitationOf(0)).doesNotContain("preferences");
    }

    private String imitationOf(int iteration) {
        return events.stream()
                .filter(LoopEvent.StageFinished.class::isInstance)
                .map(LoopEvent.StageFinished.class::cast)
                .filter(event -> event.stage() == Stage.IMITATION && event.iteration() == iteration)
                .findFirst()
                .orElseThrow()
                .result();
    }

    @Test
    void run_studentHasNoObjectiveForPreferences_isNoticed() {
        run(PreferenceRule.gap(2), new Recording(false), ScriptedRoles.prompt());
        assertThat(events)
                .filteredOn(LoopEvent.Notice.class::isInstance)
                .extracting(event -> ((LoopEvent.Notice) event).message())
                .contains("the student learnt nothing from " + handed.get(1).size()
                        + " preferences: it has no objective for them");
    }

    @Test
    void run_ruleFails_namesIt() {
        PreferenceRule failing = judgement -> {
            throw new IllegalStateException("out of order");
        };
        assertThatThrownBy(() -> run(failing, recording(), ScriptedRoles.prompt()))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessageContaining("preferences (custom)")
                .hasMessageContaining("out of order");
    }

    /** Counts, and notes what it is handed while that can be read. */
    private class Recording implements Student {
        private final CountingStudent student = new CountingStudent();
        private final boolean learnsFromPreferences;

        private Recording(boolean learnsFromPreferences) {
            this.learnsFromPreferences = learnsFromPreferences;
        }

        @Override
        public List<Response> answer(List<Instruction> batch) {
            return student.answer(batch);
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context)
                throws IOException {
            lessons.add(List.copyOf(demonstrations));
            handed.add(List.copyOf(context.preferences()));
            ImitationSummary summary = student.imitate(demonstrations, context);
            return learnsFromPreferences
                    ? summary
                    : ImitationSummary.ofAll(summary.examples(), summary.tokens(), summary.imitationLosses());
        }

        @Override
        public void save(Path directory) throws IOException {
            student.save(directory);
        }

        @Override
        public void restore(Path directory) throws IOException {
            student.restore(directory);
        }

        @Override
        public void close() {}
    }
}
