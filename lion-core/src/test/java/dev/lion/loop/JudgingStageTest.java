package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.judging.Aggregation;
import dev.lion.judging.Audit;
import dev.lion.judging.HardRule;
import dev.lion.judging.Judging;
import dev.lion.judging.SecondOrder;
import dev.lion.judging.Selection;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationResponse;
import dev.lion.role.Referee;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other ways of judging than the paper's, through the whole loop. */
class JudgingStageTest {
    private static final InstructionPool SEEDS = InstructionPool.of(
            IntStream.range(0, 200).mapToObj(i -> Instruction.of("seed " + i)).toList());

    @TempDir
    Path temp;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());

    /** Every second instruction is hard by four points; the answer shown first gains two. */
    private Verdict judge(Comparison comparison) {
        asked.add(comparison.instruction().id() + " " + comparison.first().text());
        double student = isHard(comparison.instruction()) ? 3 : 7;
        return isTeacherFirst(comparison) ? Verdict.of(8, student) : Verdict.of(student + 1, 7);
    }

    private static boolean isTeacherFirst(Comparison comparison) {
        return comparison.first().text().equals("right");
    }

    private static boolean isHard(Instruction instruction) {
        return instruction.text().hashCode() % 2 == 0;
    }

    private LoopResult run(Referee referee, LoopConfig.Builder config) {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            return AdversarialLoop.builder()
                    .teacher(instruction -> Response.of("right"))
                    .referee(referee)
                    .generator(request -> GenerationResponse.of(Instruction.of(
                            "made " + Long.toHexString(request.randomSeed()).replaceAll("(...)", "$1 "))))
                    .student(new CountingStudent())
                    .acceptanceRules(List.of())
                    .listener(events::add)
                    .config(config.generatedPerIteration(10)
                            .maxRougeL(1)
                            .studentBatch(7)
                            .maxAttempts(1)
                            .firstBackoff(Duration.ZERO)
                            .toleratedFailureShare(1)
                            .build())
                    .build()
                    .run(SEEDS, run);
        }
    }

    private static LoopConfig.Builder config(Judging judging) {
        return LoopConfig.builder().iterations(1).judging(judging.with(new Audit(80, 0.1)));
    }

    private List<Judgement> judgements(int iteration) {
        return RunDirectory.read(temp.resolve("run")).judgements(iteration);
    }

    private Discrimination discrimination(int iteration) {
        return RunDirectory.read(temp.resolve("run"))
                .summaries()
                .get(iteration)
                .discrimination()
                .orElseThrow();
    }

    @Test
    void whenOpen_clearReferee_isAskedOnceAboutMost() {
        run(this::judge, config(Judging.paper().with(SecondOrder.whenOpen(0.1))));
        assertThat(asked).hasSize(280).doesNotHaveDuplicates();
        assertThat(judgements(1)).hasSize(200).allSatisfy(judgement -> {
            Instruction instruction = SEEDS.find(judgement.instructionId()).orElseThrow();
            Finding finding = judgement.finding().orElseThrow();
            assertThat(finding.difficulty()).isEqualTo(isHard(instruction) ? Difficulty.HARD : Difficulty.EASY);
            assertThat(finding.gap()).isEqualTo(isHard(instruction) ? 4 : 0);
        });
        assertThat(judgements(1).stream().filter(j -> j.teacherFirst().isEmpty()))
                .hasSizeBetween(40, 80);
        JudgingSummary judging = discrimination(1).judging();
        assertThat(judging.calls()).isEqualTo(280);
        assertThat(judging.fullCalls()).isEqualTo(400);
        assertThat(judging.orders().positionDelta()).isEqualTo(1);
        assertThat(judging.estimates().orElseThrow().found().estimate()).isEqualTo(1);
        assertThat(events)
                .anyMatch(e -> e instanceof LoopEvent.StageFinished f
                        && f.result()
                                .contains("0 not judged, 30% of the referee's calls saved, about 100% of the hard"));
    }

    @Test
    void likelyHard_secondIteration_neitherStudentNorRefereeSeesTheUnlikely() {
        run(this::judge, config(Judging.paper().with(Selection.likelyHard(0.9))).iterations(2));
        assertThat(judgements(1)).hasSize(200);
        int judged = judgements(2).size();
        assertThat(judged).isBetween(100, 190);
        assertThat(discrimination(2).judging().notJudged()).isEqualTo(210 - judged);
        assertThat(RunDirectory.read(temp.resolve("run")).studentAnswers(2).keySet())
                .containsExactlyElementsOf(
                        judgements(2).stream().map(Judgement::instructionId).toList());
        assertThat(asked).hasSize(400 + 2 * judged);
    }

    @Test
    void discardIfFlipped_flippedPair_isInNeitherPartAndCountedApart() {
        Referee flipping = comparison -> isHard(comparison.instruction())
                ? Verdict.of(9, 2)
                : Verdict.of(isTeacherFirst(comparison) ? 9 : 2, isTeacherFirst(comparison) ? 2 : 9);
        run(flipping, config(Judging.paper().with(Aggregation.DISCARD_IF_FLIPPED)));
        int flipped = (int)
                SEEDS.instructions().stream().filter(JudgingStageTest::isHard).count();
        Discrimination result = discrimination(1);
        assertThat(result.hard()).isEqualTo(200 - flipped);
        assertThat(result.missing()).isZero();
        assertThat(result.judging().discarded()).isEqualTo(flipped);
        assertThat(result.judging().orders().flips()).isEqualTo(flipped);
        assertThat(judgements(1).stream().filter(j -> j.finding().isEmpty()))
                .hasSize(flipped)
                .allMatch(j -> j.scored(AnswerOrder.TEACHER_FIRST).isPresent());
    }

    @Test
    void hard_band_takesTheEvenOnesAsHard() {
        run(this::judge, config(Judging.paper()).hardRule(HardRule.band(-1, 1)));
        assertThat(judgements(1)).allSatisfy(judgement -> {
            boolean even = !isHard(SEEDS.find(judgement.instructionId()).orElseThrow());
            assertThat(judgement.finding().orElseThrow().difficulty())
                    .isEqualTo(even ? Difficulty.HARD : Difficulty.EASY);
        });
    }

    @Test
    void whenOpen_firstVerdictMissing_isMissingAndNotAskedAgain() {
        Referee silent =
                comparison -> comparison.instruction().text().endsWith("7") ? Verdict.abstain("no") : judge(comparison);
        run(silent, config(Judging.paper().with(SecondOrder.whenOpen(0.1))));
        assertThat(discrimination(1).missing()).isEqualTo(20);
        assertThat(judgements(1).stream().filter(j -> j.finding().isEmpty())).hasSize(20);
    }

    @Test
    void whenOpen_nothingLearntFromTheAudit_saysWhereToLook() {
        assertThatThrownBy(() -> run(
                        comparison -> Verdict.abstain("never"),
                        config(Judging.paper().with(SecondOrder.whenOpen(0.1)))))
                .isInstanceOf(NothingUsableException.class)
                .hasMessageContaining("in a way that can be used");
    }
}
