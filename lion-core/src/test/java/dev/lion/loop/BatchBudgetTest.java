package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.cost.Assumptions;
import dev.lion.cost.Budget;
import dev.lion.cost.CostEstimate;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.loop.LoopEvent.Batch.State;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.testing.ScriptedRoles;
import dev.lion.testing.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches cost half, are within the budget from before they are submitted, and stay on the books while nobody waits. */
@Timeout(60)
class BatchBudgetTest {
    private static final Prices CENT_A_TOKEN = Prices.of(Price.perMillionTokens(10_000, 10_000));

    @TempDir
    static Path oneByOne;

    private static Map<String, String> whole = Map.of();
    private static Spending spentOneByOne = Spending.of(List.of());

    @TempDir
    Path temp;

    private final BatchFixture batched = new BatchFixture();

    @BeforeAll
    static void runOneByOne() {
        LoopFixture.run(
                LoopFixture.loop(ScriptedRoles.prompt()).prices(CENT_A_TOKEN).build(), oneByOne);
        whole = Trees.of(oneByOne);
        spentOneByOne = spending(oneByOne);
    }

    private static Spending spending(Path directory) {
        try (RunDirectory run = RunDirectory.read(directory)) {
            return run.spending();
        }
    }

    private Path run() {
        return temp.resolve("run");
    }

    private LoopResult run(Budget budget) {
        return LoopFixture.run(
                batched.loop().prices(CENT_A_TOKEN).budget(budget).build(), run());
    }

    @Test
    void run_withBatches_costsHalfOfWhatItCostsOneByOne() {
        batched.teacher.holding(5);
        run(Budget.unlimited());
        for (PaidRole role : List.of(PaidRole.TEACHER, PaidRole.REFEREE)) {
            Amount single = spentOneByOne.total(role);
            Amount inBatches = spending(run()).total(role);
            assertThat(inBatches.tokens()).as("%s", role).isEqualTo(single.tokens());
            assertThat(inBatches.knownMoney())
                    .as("%s", role)
                    .isEqualTo(single.knownMoney().times(0.5));
        }
    }

    static Stream<List<Budget>> growingBudgets() {
        return Stream.of(
                Stream.iterate(1L, calls -> calls < 400, calls -> calls * 2 + 7)
                        .map(Budget::ofCalls)
                        .toList(),
                Stream.iterate(6_000L, tokens -> tokens < 2_000_000, tokens -> tokens * 2)
                        .map(Budget::ofTokens)
                        .toList(),
                Stream.iterate(60.0, dollars -> dollars < 20_000, dollars -> dollars * 2)
                        .map(Budget::ofDollars)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("growingBudgets")
    void run_againUnderLargerBudgets_keepsWithinEachAndEndsWithTheSameFiles(List<Budget> budgets) {
        batched.teacher.holding(5).endingAfter(2);
        batched.referee.holding(9).endingAfter(2);
        List<Boolean> within = new ArrayList<>();
        batched.events.clear();
        List<LoopResult.Status> statuses = new ArrayList<>();
        for (Budget budget : budgets) {
            AdversarialLoop loop = batched.loop()
                    .prices(CENT_A_TOKEN)
                    .budget(budget)
                    .listener(
                            event -> within.add(isWithin(budget, spending(run()).total())))
                    .build();
            statuses.add(LoopFixture.run(loop, run()).status());
        }
        assertThat(within).hasSizeGreaterThan(100).doesNotContain(false);
        assertThat(statuses).startsWith(LoopResult.Status.BUDGET_EXHAUSTED).endsWith(LoopResult.Status.COMPLETED);
        assertThat(Trees.of(run())).isEqualTo(whole);
        assertThat(Stream.concat(batched.far.served().stream(), batched.roles.served().stream()))
                .doesNotHaveDuplicates();
    }

    private static boolean isWithin(Budget budget, Amount spent) {
        return budget.money().map(most -> !spent.knownMoney().exceeds(most)).orElse(true)
                && spent.tokens().total() <= budget.tokens().orElse(Long.MAX_VALUE)
                && spent.calls() <= budget.calls().orElse(Long.MAX_VALUE);
    }

    @Test
    void run_diedWhileABatchIsUnderWay_countsItInFullUntilItsAnswersAreThere() {
        batched.teacher.endingAfter(2).breakingDownAt(3); // at the first look
        Budget enough = Budget.ofDollars(100_000);
        assertThatThrownBy(() -> run(enough)).isInstanceOf(ScriptedRoles.InjectedFault.class);
        Spending meanwhile = spending(run());
        assertThat(meanwhile.held()).hasSize(1);
        Money reserved = meanwhile.total().knownMoney();
        assertThat(reserved.exceeds(Money.ofDollars(100))).isTrue();

        run(enough);
        assertThat(spending(run()).held()).isEmpty();
        Amount teachers = spending(run()).total(PaidRole.TEACHER);
        assertThat(teachers.knownMoney())
                .isEqualTo(spentOneByOne.total(PaidRole.TEACHER).knownMoney().times(0.5));
    }

    @Test
    void run_unansweredAndNotCharged_paysOnlyForWhatIsAskedAgain() {
        batched.teacher.leavingOutEvery(2);
        run(Budget.unlimited());
        Money full = spentOneByOne.total(PaidRole.TEACHER).knownMoney();
        Money paid = spending(run()).total(PaidRole.TEACHER).knownMoney();
        assertThat(paid.exceeds(full.times(0.5))).isTrue();
        assertThat(full.exceeds(paid)).isTrue();
    }

    @Test
    void run_timeIsOverWhileItWaits_endsAndLeavesTheBatchRunning() {
        batched.teacher.endingAfter(1_000_000);
        batched.batching = batched.batching.withPauses(Duration.ofDays(1), Duration.ofDays(1));
        AtomicLong now = new AtomicLong();
        LoopResult result = LoopFixture.run(
                batched.loop()
                        .budget(Budget.ofTime(Duration.ofHours(1)))
                        .nanos(now::get)
                        .listener(event -> {
                            if (event instanceof LoopEvent.Batch) {
                                now.addAndGet(Duration.ofHours(2).toNanos());
                            }
                        })
                        .build(),
                run());
        assertThat(result.status()).isEqualTo(LoopResult.Status.BUDGET_EXHAUSTED);
        assertThat(batched.told(State.LEFT_RUNNING)).hasSize(1);
    }

    @Test
    void estimate_withBatches_expectsHalfTheCostAndSaysSo() {
        CostEstimate single = LoopFixture.loop(ScriptedRoles.prompt())
                .prices(CENT_A_TOKEN)
                .estimate(LoopFixture.SEEDS, Assumptions.usual());
        CostEstimate estimate = batched.loop().prices(CENT_A_TOKEN).estimate(LoopFixture.SEEDS, Assumptions.usual());
        for (PaidRole role : List.of(PaidRole.TEACHER, PaidRole.REFEREE)) {
            Amount all = single.expected(purpose -> purpose.role() == role);
            Amount half = estimate.expected(purpose -> purpose.role() == role);
            assertThat(half.calls()).isEqualTo(all.calls());
            assertThat(half.knownMoney()).isEqualTo(all.knownMoney().times(0.5));
        }
        assertThat(estimate.expected(purpose -> purpose.role() == PaidRole.GENERATOR))
                .isEqualTo(single.expected(purpose -> purpose.role() == PaidRole.GENERATOR));
        assertThat(estimate.expected()).isLessThan(single.expected());
        assertThat(estimate.assumptions())
                .anyMatch(line -> line.startsWith("the referee is asked in batches, at 0.5 of its price"));
    }
}
