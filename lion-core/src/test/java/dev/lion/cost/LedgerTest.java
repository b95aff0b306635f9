package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Amount;
import dev.lion.data.InstructionPool;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.fixture.Fakes;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import dev.lion.run.Spending;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import dev.lion.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set aside before an attempt, what remains of it after, and what a killed process leaves behind. */
class LedgerTest {
    private static final Purpose TEACHING = new Purpose(0, Stage.IMITATION, PaidRole.TEACHER);
    private static final Purpose JUDGING = new Purpose(1, Stage.DISCRIMINATION, PaidRole.REFEREE);
    private static final TokenUsage MOST = new TokenUsage(100, 50);
    private static final Prices DOLLAR_A_TOKEN = Prices.of(Price.perMillionTokens(1e6, 1e6));

    @TempDir
    private Path temp;

    private final List<String> notices = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private RunDirectory run;

    @BeforeEach
    void open() {
        run = begun(temp.resolve("run"));
    }

    static RunDirectory begun(Path directory) {
        RunDirectory begun = RunDirectory.open(directory);
        InstructionPool seeds = Fakes.pool("Say yes");
        begun.begin(RunManifest.of(0, seeds, Map.of(), Map.of()), seeds);
        return begun;
    }

    @AfterEach
    void close() {
        run.close();
    }

    private Ledger ledger(Budget budget) {
        return ledger(budget, DOLLAR_A_TOKEN);
    }

    private Ledger ledger(Budget budget, Prices prices) {
        return new Ledger(run, budget, prices, notices::add, nanos::get);
    }

    private static Optional<Attempt> begin(Ledger ledger) throws InterruptedException {
        return ledger.begin(TEACHING, MOST, () -> false);
    }

    private static Money dollars(double dollars) {
        return Money.ofDollars(dollars);
    }

    @Test
    void settle_lessThanReserved_givesTheRestBack() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(200))) {
            begin(ledger).orElseThrow().settle(new TokenUsage(30, 10));
            assertThat(ledger.committed()).isEqualTo(new Amount(1, new TokenUsage(30, 10), Optional.of(dollars(40))));
            begin(ledger).orElseThrow().settle(new TokenUsage(30, 10));
            assertThat(begin(ledger)).isEmpty();
            assertThat(ledger.exhausted())
                    .hasValue(
                            "the budget is reached: $80.00 of $200.00 spent, and the next call of the teacher may take"
                                    + " $150.00; run again with a larger budget to continue");
        }
    }

    @Test
    void begin_everyKindOfLimit_stopsAtIt() throws Exception {
        for (Budget budget : List.of(Budget.ofDollars(310), Budget.ofTokens(310), Budget.ofCalls(2))) {
            Path directory = temp.resolve(budget.toString().replace(' ', '-'));
            try (RunDirectory own = begun(directory);
                    Ledger ledger = new Ledger(own, budget, DOLLAR_A_TOKEN, notices::add, nanos::get)) {
                begin(ledger).orElseThrow().settle(MOST);
                begin(ledger).orElseThrow().settle(MOST);
                assertThat(begin(ledger)).as("%s", budget).isEmpty();
                assertThat(ledger.spent().calls()).isEqualTo(2);
            }
        }
    }

    @Test
    void begin_roomHeldByAnAttemptInFlight_waitsUntilItEnds() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(200))) {
            Attempt first = begin(ledger).orElseThrow();
            Thread ending = new Thread(() -> first.settle(new TokenUsage(1, 1)));
            List<Boolean> asked = new ArrayList<>();
            Optional<Attempt> second = ledger.begin(TEACHING, MOST, () -> {
                if (asked.isEmpty()) {
                    ending.start();
                }
                return !asked.add(true);
            });
            assertThat(second).isPresent();
            ending.join();
        }
    }

    @Test
    void begin_stoppedWhileItWaits_setsNothingAside() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(200))) {
            begin(ledger);
            assertThat(ledger.begin(TEACHING, MOST, () -> true)).isEmpty();
            assertThat(ledger.exhausted()).isEmpty();
            assertThat(ledger.committed().calls()).isEqualTo(1);
        }
    }

    @Test
    void begin_callInFlightNeverEnds_givesUpWaiting() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(200))) {
            begin(ledger);
            Optional<Attempt> second = ledger.begin(TEACHING, MOST, () -> {
                nanos.addAndGet(Duration.ofMinutes(2).toNanos());
                return false;
            });
            assertThat(second).isEmpty();
            assertThat(ledger.exhausted().orElseThrow()).contains("1 call in flight did not end in time");
        }
    }

    @Test
    void begin_interruptedWhileItWaits_exhaustsTheBudget() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(200))) {
            begin(ledger);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> begin(ledger)).isInstanceOf(InterruptedException.class);
            assertThat(ledger.exhausted().orElseThrow()).contains("1 call in flight did not end in time");
            assertThat(ledger.committed().calls()).isEqualTo(1);
        }
    }

    @Test
    void settle_noTokensReported_countsAsTheMostAndSaysSoOnce() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(1000))) {
            begin(ledger).orElseThrow().settle(TokenUsage.NONE);
            begin(ledger).orElseThrow().settle(TokenUsage.NONE);
            assertThat(ledger.spent().money()).hasValue(dollars(300));
            assertThat(notices).singleElement().asString().startsWith("the teacher reports no tokens");
        }
    }

    @Test
    void settle_noTokensOfAFreeRole_isBelieved() throws Exception {
        try (Ledger ledger = ledger(Budget.ofTokens(200), Prices.of(Price.FREE))) {
            begin(ledger).orElseThrow().settle(TokenUsage.NONE);
            assertThat(ledger.spent().tokens()).isEqualTo(TokenUsage.NONE);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void settle_knownToBeFree_takesACallAndNothingElse() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(1000))) {
            begin(ledger).orElseThrow().settle(TokenUsage.FREE);
            assertThat(ledger.spent().calls()).isEqualTo(1);
            assertThat(ledger.spent().money()).hasValue(Money.ZERO);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void settle_moreThanAnnounced_isSpentAllTheSameAndSaidOnce() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(400))) {
            begin(ledger).orElseThrow().settle(new TokenUsage(100, 80));
            begin(ledger).orElseThrow().settle(new TokenUsage(101, 50));
            assertThat(ledger.spent().money()).hasValue(dollars(331));
            assertThat(notices).singleElement().asString().contains("more than the most it had announced");
            assertThat(begin(ledger)).isEmpty();
        }
    }

    @Test
    void refusedAndLost_failedAttempts_countAsACallAndByWhetherTheyMayBeCharged() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(1000))) {
            begin(ledger).orElseThrow().refused();
            assertThat(ledger.spent()).isEqualTo(new Amount(1, TokenUsage.NONE, Optional.of(Money.ZERO), 1));
            begin(ledger).orElseThrow().lost();
            assertThat(ledger.spent()).isEqualTo(new Amount(2, MOST, Optional.of(dollars(150)), 2));
        }
    }

    @Test
    void settle_twice_countsOnce() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(1000))) {
            Attempt attempt = begin(ledger).orElseThrow();
            attempt.settle(MOST);
            attempt.lost();
            assertThat(ledger.spent().calls()).isEqualTo(1);
        }
    }

    @Test
    void open_processWasKilled_countsWhatWasInFlightInFull() throws Exception {
        Ledger killed = ledger(Budget.ofDollars(500));
        begin(killed).orElseThrow().settle(new TokenUsage(10, 10));
        begin(killed);
        killed.begin(JUDGING, MOST, () -> false);
        Trees.copy(run.path(), temp.resolve("left")); // as a kill leaves it: nothing was closed

        for (int sitting = 0; sitting < 3; sitting++) {
            try (RunDirectory left = RunDirectory.open(temp.resolve("left"));
                    Ledger next = new Ledger(left, Budget.ofDollars(500), DOLLAR_A_TOKEN, notices::add, nanos::get)) {
                assertThat(next.spent().money()).hasValue(dollars(20 + 150 + 150));
                assertThat(left.spending().total(PaidRole.REFEREE))
                        .isEqualTo(new Amount(1, MOST, Optional.of(dollars(150))));
            }
        }
    }

    @Test
    void open_killedWhileALineWasWritten_countsTheReservationThatLineWouldHaveEnded() throws Exception {
        try (Ledger ledger = ledger(Budget.ofDollars(500))) {
            begin(ledger);
            Trees.copy(run.path(), temp.resolve("left"));
        }
        Path file = temp.resolve("left/spending.jsonl");
        Files.writeString(file, "{\"kind\":\"SPENT\",\"att", StandardOpenOption.APPEND);
        try (RunDirectory left = RunDirectory.open(temp.resolve("left"));
                Ledger next = new Ledger(left, Budget.ofDollars(500), DOLLAR_A_TOKEN, notices::add, nanos::get)) {
            assertThat(next.spent().money()).hasValue(dollars(150));
        }
    }

    @Test
    void close_attemptStillInFlight_staysReservedOnDisk() throws Exception {
        Ledger ledger = ledger(Budget.ofDollars(500));
        Attempt late = begin(ledger).orElseThrow();
        ledger.close();
        late.settle(TokenUsage.NONE); // its result came after the run had ended
        assertThat(run.spending().total().money()).hasValue(dollars(150));
        assertThat(notices).isEmpty();
    }

    @Test
    void close_manyLines_leavesOneForEachPurpose() throws Exception {
        try (Ledger ledger = ledger(Budget.unlimited().withCalls(1_000))) {
            for (int call = 0; call < 50; call++) {
                begin(ledger).orElseThrow().settle(new TokenUsage(1, 2));
            }
            ledger.begin(JUDGING, MOST, () -> false).orElseThrow().settle(new TokenUsage(3, 4));
            assertThat(lines()).isEqualTo(102);
        }
        assertThat(lines()).isEqualTo(2);
        Spending spending = run.spending();
        assertThat(spending.total(PaidRole.TEACHER))
                .isEqualTo(new Amount(50, new TokenUsage(50, 100), Optional.of(dollars(150))));
        assertThat(spending.total().calls()).isEqualTo(51);
    }

    @Test
    void append_moreLinesThanTheMost_putsThemTogetherAndKeepsWhatIsReserved() throws Exception {
        Amount one = new Amount(1, MOST, Optional.empty());
        try (LedgerFile file = new LedgerFile(run, 10)) {
            file.append(new SpendingEntry(SpendingEntry.Kind.RESERVED, OptionalLong.of(1), JUDGING, one));
            for (int call = 0; call < 14; call++) {
                file.append(SpendingEntry.spent(TEACHING, one));
            }
            assertThat(lines()).isEqualTo(1 + 1 + 5);
            file.append(new SpendingEntry(
                    SpendingEntry.Kind.SPENT,
                    OptionalLong.of(1),
                    JUDGING,
                    new Amount(1, TokenUsage.NONE, Optional.empty())));
            assertThat(run.spending().total()).isEqualTo(new Amount(15, new TokenUsage(1400, 700), Optional.empty()));
        }
        assertThat(lines()).isEqualTo(2);
    }

    private long lines() throws IOException {
        return Files.readAllLines(run.path().resolve("spending.jsonl")).size();
    }

    @Test
    void settle_noBudgetAndNoTokens_writesNothing() throws Exception {
        try (Ledger ledger = ledger(Budget.unlimited())) {
            begin(ledger).orElseThrow().settle(TokenUsage.NONE);
        }
        assertThat(run.path().resolve("spending.jsonl")).doesNotExist();
    }

    @Test
    void refusedAndLost_noBudget_countAsFailedCallsThatTookNothing() throws Exception {
        try (Ledger ledger = ledger(Budget.unlimited())) {
            begin(ledger).orElseThrow().refused();
            begin(ledger).orElseThrow().lost();
            begin(ledger).orElseThrow().settle(MOST);
            assertThat(ledger.spent(TEACHING.iteration(), TEACHING.stage()))
                    .isEqualTo(Map.of(TEACHING.role(), ledger.spent()));
            assertThat(ledger.spent(TEACHING.iteration() + 1, TEACHING.stage())).isEmpty();
        }
        assertThat(run.spending().total()).isEqualTo(new Amount(3, MOST, Optional.of(dollars(150)), 2));
    }

    @Test
    void open_spentBeforeThePriceWasKnown_countsAtTodaysPrice() throws Exception {
        try (Ledger before = ledger(Budget.unlimited(), Prices.unknown())) {
            begin(before).orElseThrow().settle(new TokenUsage(30, 40));
        }
        assertThat(run.spending().unpriced()).isEqualTo(new TokenUsage(30, 40));
        try (Ledger now = ledger(Budget.ofDollars(200))) {
            assertThat(now.spent().money()).hasValue(dollars(70));
            assertThat(begin(now)).isEmpty();
        }
    }

    @Test
    void expect_resumed_keepsTheFirstEstimate() {
        SpendingEntry first = SpendingEntry.estimated(TEACHING, new Amount(3, MOST, Optional.empty()));
        SpendingEntry second = SpendingEntry.estimated(TEACHING, new Amount(9, MOST, Optional.empty()));
        for (SpendingEntry estimate : List.of(first, second)) {
            try (Ledger ledger = ledger(Budget.unlimited())) {
                ledger.expect(List.of(estimate));
            }
        }
        assertThat(run.spending().estimated()).containsExactly(first);
    }
}
