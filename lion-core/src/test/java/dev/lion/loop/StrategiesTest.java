package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Provenance;
import dev.lion.data.Response;
import dev.lion.fixture.Fakes;
import dev.lion.role.StoppedException;
import dev.lion.run.Answer;
import dev.lion.run.IterationSummary;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.strategy.KeepRule;
import dev.lion.strategy.ParentRule;
import dev.lion.strategy.StudentStart;
import dev.lion.strategy.StudentStart.Origin;
import dev.lion.strategy.TrainPoolRule;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs under other strategies than the paper's: pools, starts and parents. */
class StrategiesTest {
    @TempDir
    Path temp;

    private final DiaryStudent student = new DiaryStudent();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private AdversarialLoop.Builder loop(UnaryOperator<LoopConfig.Builder> strategies) {
        return LoopFixture.loop(ScriptedRoles.prompt(), student)
                .config(strategies.apply(LoopFixture.config()).build())
                .teacher(instruction -> {
                    asked.add(instruction.id());
                    return Response.of("teacher on " + instruction.text());
                });
    }

    private LoopResult run(AdversarialLoop.Builder loop) {
        return LoopFixture.run(loop.build(), temp.resolve("run"));
    }

    private LoopResult run(UnaryOperator<LoopConfig.Builder> strategies) {
        return run(loop(strategies));
    }

    private RunDirectory written() {
        return RunDirectory.read(temp.resolve("run"));
    }

    private String diaryOf(String copy) {
        return DiaryStudent.read(temp.resolve("run/student").resolve(copy));
    }

    private List<String> taught(int imitation) {
        return student.lessons().get(imitation).stream()
                .map(Demonstration::instruction)
                .map(Instruction::id)
                .toList();
    }

    private static List<String> ids(Iterable<Instruction> instructions) {
        List<String> ids = new ArrayList<>();
        instructions.forEach(each -> ids.add(each.id()));
        return ids;
    }

    private List<Answer> answersOf(int iteration) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            return run.iteration(iteration).committed(RecordType.ANSWERS).orElseThrow();
        }
    }

    @Test
    void accumulate_everyImitation_learnsFromTheSeedsAndAllThatWasGenerated() {
        LoopResult result = run(config -> config.trainPoolRule(TrainPoolRule.accumulate()));
        assertThat(result.iterations()).extracting(IterationSummary::trainPool).containsExactly(12, 21, 30);
        assertThat(taught(2)).containsExactlyElementsOf(ids(written().instructions()));
    }

    @Test
    void accumulate_answersOfEarlierIterations_areNeitherAskedForNorStoredAgain() {
        run(config -> config.trainPoolRule(TrainPoolRule.accumulate()));
        assertThat(asked).hasSize(30).doesNotHaveDuplicates();
        assertThat(answersOf(2))
                .extracting(Answer::instructionId)
                .containsExactlyElementsOf(ids(written().generated(2)));
        assertThat(written().teacherAnswers()).hasSize(30);
    }

    @Test
    void accumulate_teacherFailedEarlier_learnsFromTheLateAnswer() {
        String refused = LoopFixture.SEEDS.instructions().get(0).id();
        List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        AdversarialLoop.Builder loop = loop(config -> config.trainPoolRule(TrainPoolRule.accumulate()))
                .teacher(instruction -> {
                    if (instruction.id().equals(refused) && refusals.isEmpty()) {
                        refusals.add(refused);
                        throw new IllegalStateException("busy");
                    }
                    return Response.of("fine");
                });
        LoopResult result = run(loop);
        assertThat(result.iterations()).extracting(IterationSummary::unanswered).containsExactly(1, 0, 0);
        assertThat(answersOf(1)).extracting(Answer::instructionId).doesNotContain(refused);
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers()).containsKey(refused);
    }

    @Test
    void accumulate_teacherDown_isNoticedByTheShareOfThoseAskedNotOfThePool() {
        AdversarialLoop.Builder loop = loop(config -> config.trainPoolRule(TrainPoolRule.accumulate())
                        .toleratedFailureShare(0.4)
                        .maxConcurrentCalls(1))
                .teacher(instruction -> {
                    if (instruction.provenance() instanceof Provenance.Generated) {
                        throw new IllegalStateException("401");
                    }
                    return Response.of("fine");
                });
        assertThatThrownBy(() -> run(loop))
                .isInstanceOf(TooManyFailuresException.class)
                .hasMessageContaining("4 of 9 items failed in imitation of iteration 1");
    }

    @Test
    void replay_everyImitation_learnsFromTheNewOnesAndSomeEarlierOnes() {
        LoopResult result = run(config -> config.trainPoolRule(TrainPoolRule.replay(1.0 / 3)));
        assertThat(result.iterations()).extracting(IterationSummary::trainPool).containsExactly(12, 12, 12);
        assertThat(ids(LoopFixture.SEEDS)).containsAll(taught(1).subList(0, 3));
        assertThat(taught(2).subList(3, 12)).isEqualTo(ids(written().generated(2)));
        assertThat(asked).doesNotHaveDuplicates();
    }

    @Test
    void trainPool_empty_endsTheRunAsExhausted() {
        LoopResult result = run(config -> config.trainPoolRule(history -> Fakes.pool()));
        assertThat(result.status()).isEqualTo(LoopResult.Status.EXHAUSTED);
        assertThat(result.reason()).isEqualTo("the trainPoolRule chose nothing in iteration 1");
        assertThat(written().earlyEnd()).contains(result.reason());
    }

    @Test
    void trainPool_instructionOfNoPool_isRefusedBeforeTheTeacherIsAsked() {
        assertThatThrownBy(() -> run(config ->
                        config.trainPoolRule(history -> history.seeds().plus(Fakes.pool("from elsewhere")))))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessage("the trainPoolRule (custom) failed in iteration 1: it chose 1 instructions that are neither"
                        + " seeds nor generated in the run");
        assertThat(asked).hasSize(12);
    }

    @Test
    void present_byDefault_continuesAndKeepsNoBase() {
        run(config -> config);
        assertThat(diaryOf("iteration-2")).isEqualTo("base+0+1+2");
        assertThat(written().baseStudent()).isEmpty();
        assertThat(student.restored()).isEmpty();
    }

    @Test
    void base_everyImitation_startsFromTheStudentThatTheRunWasGiven() {
        run(config -> config.studentStart(StudentStart.base()));
        assertThat(diaryOf("base")).isEqualTo("base");
        assertThat(diaryOf("iteration-1")).isEqualTo("base+1");
        assertThat(diaryOf("iteration-2")).isEqualTo("base+2");
        assertThat(student.diary()).isEqualTo("base+2");
        assertThat(student.restored()).containsExactly("base", "base");
    }

    @Test
    void base_now_and_then_startsFromItThenOnly() {
        run(config -> config.studentStart(iteration -> iteration == 2 ? Origin.BASE : Origin.PRESENT));
        assertThat(diaryOf("iteration-1")).isEqualTo("base+0+1");
        assertThat(diaryOf("iteration-2")).isEqualTo("base+2");
    }

    @Test
    void base_firstImitationBreaksOff_theSameStudentBeginsAgainFromTheBase() {
        student.failingIn(0);
        UnaryOperator<LoopConfig.Builder> fromBase = config -> config.studentStart(StudentStart.base());
        assertThatThrownBy(() -> run(fromBase)).isInstanceOf(RoleFailedException.class);
        assertThat(student.diary()).isEqualTo("base+0");
        run(fromBase);
        assertThat(diaryOf("iteration-0")).isEqualTo("base+0");
    }

    @Test
    void base_laterImitationBreaksOff_beginsAgainFromTheBase() {
        student.failingIn(2);
        UnaryOperator<LoopConfig.Builder> fromBase = config -> config.studentStart(StudentStart.base());
        assertThatThrownBy(() -> run(fromBase)).isInstanceOf(RoleFailedException.class);
        run(fromBase);
        assertThat(diaryOf("iteration-2")).isEqualTo("base+2");
    }

    @Test
    void start_fromABaseThatItDoesNotNeed_isRefused() {
        StudentStart contradictory = new StudentStart() {
            @Override
            public Origin origin(int iteration) {
                return Origin.BASE;
            }

            @Override
            public boolean needsBase() {
                return false;
            }
        };
        assertThatThrownBy(() -> run(config -> config.studentStart(contradictory)))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessageContaining("needsBase() is false");
    }

    @Test
    void restore_keptStudentIsGone_namesItsDirectory() {
        run(config -> config);
        Path gone = temp.resolve("run/student/iteration-2");
        assertThat(gone.resolve("diary").toFile().delete()).isTrue();
        assertThatThrownBy(() -> run(config -> config))
                .isInstanceOf(StudentRestoreException.class)
                .hasMessageContaining(gone.toString());
    }

    @Test
    void parents_balancedByLabel_giveARareKindItsShare() {
        InstructionPool seeds = InstructionPool.of(IntStream.range(0, 20)
                .mapToObj(i -> Instruction.of((i == 7 ? "count things, please " : "sort things, please ") + i))
                .toList());
        List<String> parents = Collections.synchronizedList(new ArrayList<>());
        ScriptedRoles roles = ScriptedRoles.prompt();
        AdversarialLoop.Builder loop = loop(config -> config.iterations(1)
                        .generatedPerIteration(40)
                        .parentRule(ParentRule.balancedBy("task type", LoopFixture::firstWord)))
                .generator(request -> {
                    parents.add(LoopFixture.firstWord(request.parent()));
                    return roles.generator().generate(request);
                });
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            loop.build().run(seeds, run);
        }
        // one of twenty: about a quarter to a half of the draws, as its one instruction is either hard or easy
        long rare = parents.stream().filter("count"::equals).count();
        assertThat((double) rare / parents.size()).isBetween(0.15, 0.6);
        assertThat(written().manifest().configuration()).containsEntry("parentRule", "balanced by task type");
    }

    @Test
    void parents_drawnFromElsewhere_areRefused() {
        ParentRule stranger = candidates -> random -> Instruction.of("a stranger");
        assertThatThrownBy(() -> run(config -> config.parentRule(stranger)))
                .isInstanceOf(StrategyFailedException.class)
                .hasMessageContaining("the parentRule (custom) failed in iteration 1")
                .hasMessageContaining("which is not in the Cache Pool");
    }

    @Test
    void parents_ruleIsStopped_stopsTheRun() {
        ParentRule interrupted = candidates -> {
            throw new StoppedException("interrupted while labels were asked for");
        };
        LoopResult result = run(config -> config.parentRule(interrupted));
        assertThat(result.status()).isEqualTo(LoopResult.Status.STOPPED);
        assertThat(result.iterations()).hasSize(1);
    }

    @Test
    void hardShare_hardOnlyAndEasyOnly_fillOneQuotaOnly() {
        LoopResult hardOnly = run(config -> config.iterations(1).hardShare(1));
        var hard = hardOnly.iterations().get(1).generation().orElseThrow();
        assertThat(hard.hard()).isEqualTo(9);
        assertThat(hard.easy()).isZero();
        LoopResult easyOnly = LoopFixture.run(
                loop(config -> config.iterations(1).hardShare(0)).build(), temp.resolve("easy"));
        var easy = easyOnly.iterations().get(1).generation().orElseThrow();
        assertThat(easy.hard()).isZero();
        assertThat(easy.easy()).isEqualTo(9);
    }

    @Test
    void manifest_strategies_arePartOfItSoThatOthersAreRefused() {
        run(config -> config);
        assertThat(written().manifest().configuration())
                .containsEntry("trainPoolRule", "replace")
                .containsEntry("studentStart", "present")
                .containsEntry("parentRule", "uniform")
                .containsEntry("keepRule", "latest")
                .doesNotContainKey("stopRule");
        assertThatThrownBy(() -> run(config ->
                        config.trainPoolRule(TrainPoolRule.replay(0.3)).parentRule(ParentRule.balancedByLineage())))
                .hasMessageContaining("trainPoolRule: replace → replay 0.3")
                .hasMessageContaining("parentRule: uniform → balanced by lineage");
    }

    /** LLM2LLM: from what the student gets wrong alone, new data added to the old, trained from the base each time. */
    @Test
    void llm2llm_isAConfiguration() {
        LoopResult result = run(config -> config.hardShare(1)
                .trainPoolRule(TrainPoolRule.accumulate())
                .studentStart(StudentStart.base())
                .keepRule(KeepRule.latest()));
        assertThat(diaryOf("iteration-2")).isEqualTo("base+2");
        assertThat(taught(2)).hasSize(30);
        assertThat(result.iterations().stream().flatMap(each -> each.generation().stream()))
                .allMatch(generation -> generation.easy() == 0);
    }
}
