package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.loop.LoopEvent.StageSpent;
import dev.lion.role.RetryableRoleException;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.run.Stage;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the calls of each stage took, as it is told at the stage's end. */
class StageSpentTest {
    @TempDir
    private Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());

    private AdversarialLoop.Builder loop(ScriptedRoles roles, Budget budget) {
        return LoopFixture.loop(roles)
                .config(LoopFixture.config().maxConcurrentCalls(1).build())
                .prices(Prices.of(Price.perMillionTokens(1, 4)))
                .budget(budget)
                .listener(events::add);
    }

    private void run(ScriptedRoles roles, Budget budget) {
        LoopFixture.run(loop(roles, budget).build(), temp.resolve("run"));
    }

    private static <T> T counted(Callable<T> call, AtomicLong failed) throws Exception {
        try {
            return call.call();
        } catch (RetryableRoleException e) {
            failed.incrementAndGet();
            throw e;
        }
    }

    private List<StageSpent> told() {
        return events.stream()
                .filter(StageSpent.class::isInstance)
                .map(StageSpent.class::cast)
                .toList();
    }

    private Spending spending() {
        return RunDirectory.read(temp.resolve("run")).spending();
    }

    @Test
    void run_everyStage_tellsWhatItsCallsTookAndTheRunsTotalIsTheirSum() {
        run(ScriptedRoles.prompt(), Budget.unlimited());

        assertThat(told())
                .extracting(spent -> spent.iteration() + " " + spent.stage() + " "
                        + spent.byRole().keySet())
                .containsExactly(
                        "0 IMITATION [teacher]",
                        "1 DISCRIMINATION [referee]",
                        "1 IMITATION [teacher]",
                        "2 DISCRIMINATION [referee]",
                        "2 IMITATION [teacher]");
        assertThat(told().get(0).byRole())
                .isEqualTo(Map.of(
                        PaidRole.TEACHER,
                        new Amount(12, new TokenUsage(84, 132), Optional.of(Money.ofDollars(0.000612)))));
        assertThat(told().stream().map(StageSpent::total).reduce(Amount.NONE, Amount::plus))
                .isEqualTo(spending().total());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_failedCalls_areCountedWithAndWithoutABudget(boolean limited) {
        ScriptedRoles roles = ScriptedRoles.builder().failingOnceEvery(5).build();
        AtomicLong failed = new AtomicLong();
        AdversarialLoop.Builder loop = loop(roles, limited ? Budget.ofDollars(100) : Budget.unlimited())
                .teacher(asked -> counted(() -> roles.teacher().answer(asked), failed))
                .referee(asked -> counted(() -> roles.referee().judge(asked), failed))
                .generator(asked -> counted(() -> roles.generator().generate(asked), failed));
        LoopFixture.run(loop.build(), temp.resolve("run"));

        assertThat(told().stream().mapToLong(spent -> spent.total().failed()).sum())
                .isEqualTo(failed.get())
                .isPositive()
                .isEqualTo(spending().total().failed());
    }

    @Test
    void run_stageEnd_tellsSpendingBehindTheStage() {
        run(ScriptedRoles.prompt(), Budget.unlimited());
        int spent = events.indexOf(told().get(0));

        assertThat(events.get(spent - 1))
                .isInstanceOfSatisfying(
                        LoopEvent.StageFinished.class,
                        stage -> assertThat(stage.stage()).isEqualTo(Stage.IMITATION));
    }

    @Test
    void inWords_severalRoles_saysCallsTokensAndMoney() {
        StageSpent spent = new StageSpent(
                1,
                Stage.DISCRIMINATION,
                Map.of(
                        PaidRole.REFEREE,
                                new Amount(1234, new TokenUsage(56_789, 1_000), Optional.of(Money.ofDollars(1.5)), 3),
                        PaidRole.TEACHER, new Amount(1, new TokenUsage(7, 11), Optional.empty())));

        assertThat(spent.inWords())
                .isEqualTo(
                        "teacher 1 call, 7 tokens read, 11 written; referee 1,234 calls (3 failed), 56,789 tokens read,"
                                + " 1,000 written, $1.50");
    }
}
