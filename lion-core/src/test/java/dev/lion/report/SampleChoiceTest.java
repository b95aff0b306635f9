package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Difficulty;
import dev.lion.data.Finding;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Provenance;
import dev.lion.data.Verdict;
import dev.lion.report.SampleChoice.Pick;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import dev.lion.run.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SampleChoiceTest {
    private final List<Instruction> pool = new ArrayList<>();
    private final List<List<Judgement>> judged = new ArrayList<>();

    @Test
    void widest_oneFamilyHasTheWidestGaps_takesOneOfItBeforeOtherFamilies() {
        Instruction seed = add(Instruction.of("seed"));
        Instruction child =
                add(Instruction.of("child").withProvenance(Provenance.generated(seed.id(), 1, Difficulty.HARD)));
        Instruction other = add(Instruction.of("other"));
        judge(gap(seed, 8), gap(child, 7), gap(other, 2));
        assertThat(choice().widest()).extracting(Pick::id).containsExactly(seed.id(), other.id(), child.id());
    }

    @Test
    void widest_easyAndUnjudged_areNotTaken() {
        Instruction hard = add(Instruction.of("hard"));
        Instruction easy = add(Instruction.of("easy"));
        Instruction unjudged = add(Instruction.of("unjudged"));
        judge(
                gap(easy, 0),
                new Judgement(
                        unjudged.id(),
                        Optional.of(Verdict.abstain("no")),
                        Optional.of(Verdict.of(1, 9)),
                        Optional.empty()),
                gap(hard, 1));
        assertThat(choice().widest()).containsExactly(new Pick(hard.id(), 1));
    }

    @Test
    void widest_equalGaps_areTakenById() {
        List<Instruction> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(add(Instruction.of("same " + i)));
        }
        judge(many.stream().map(i -> gap(i, 5)).toArray(Judgement[]::new));
        List<String> lowest =
                many.stream().map(Instruction::id).sorted().limit(6).toList();
        assertThat(choice().widest()).extracting(Pick::id).isEqualTo(lowest);
    }

    @Test
    void caughtUp_hardThenEasy_isTakenUnlessShownBefore() {
        Instruction gained = add(Instruction.of("gained"));
        Instruction gainedLess = add(Instruction.of("gained less"));
        Instruction stayed = add(Instruction.of("stayed"));
        judge(gap(gained, 8), gap(gainedLess, 3), gap(stayed, 6));
        judge(gap(gained, 0), gap(gainedLess, 0), gap(stayed, 2));
        assertThat(choice().caughtUp(List.of()))
                .containsExactly(new Pick(gained.id(), 1), new Pick(gainedLess.id(), 1));
        assertThat(choice().caughtUp(List.of(new Pick(gained.id(), 1)))).containsExactly(new Pick(gainedLess.id(), 1));
    }

    @Test
    void across_manyOfEachIteration_takesTheWidestAndTheRestEvenlyEachOnce() {
        List<Judgement> first = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            first.add(gap(add(Instruction.of("task " + i)), 8 - i * 0.08));
        }
        judge(first.toArray(Judgement[]::new));
        judge(first.subList(0, 20).toArray(Judgement[]::new));

        List<Pick> picks = choice().across(40);

        assertThat(picks)
                .hasSize(40)
                .doesNotHaveDuplicates()
                .extracting(Pick::id)
                .doesNotHaveDuplicates();
        assertThat(picks.subList(0, 20)).allMatch(pick -> pick.iteration() == 2);
        List<String> expected = new ArrayList<>();
        for (int i = 20; i < 30; i++) {
            expected.add(pool.get(i).id());
        }
        for (int i = 30; i < 100; i += 7) {
            expected.add(pool.get(i).id());
        }
        assertThat(picks.subList(20, 40)).extracting(Pick::id).isEqualTo(expected);
    }

    private Instruction add(Instruction instruction) {
        pool.add(instruction);
        return instruction;
    }

    private void judge(Judgement... judgements) {
        judged.add(List.of(judgements));
    }

    private static Judgement gap(Instruction instruction, double gap) {
        return new Judgement(
                instruction.id(),
                Optional.of(Verdict.of(9, 9 - gap)),
                Optional.of(Verdict.of(9 - gap, 9)),
                Optional.of(new Finding(gap, gap >= 1 ? Difficulty.HARD : Difficulty.EASY)));
    }

    private SampleChoice choice() {
        List<IterationSummary> summaries = new ArrayList<>();
        for (int k = 1; k <= judged.size(); k++) {
            summaries.add(new IterationSummary(
                    k,
                    Optional.of(new Discrimination(
                            1, 1, 0, 9, 5, JudgingSummary.full(4, new JudgingSummary.Orders(2, 0, 0, 0)))),
                    Optional.empty(),
                    1,
                    pool.size(),
                    0,
                    ImitationSummary.ofAll(1, 1, List.of()),
                    Optional.empty(),
                    k));
        }
        ReportData data = new ReportData(
                "run",
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                "gap of 1.0 or more",
                List.of(),
                summaries,
                List.of(),
                Spending.of(List.of()),
                pool,
                new HeldTexts(Map.of(), k -> judged.get(k - 1), k -> Map.of()),
                instruction -> Optional.empty());
        return new SampleChoice(data, new Lineage(pool), Rounds.of(data));
    }
}
