package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set aside for batches, over several openings of the ledger. */
class HoldsTest {
    private static final Purpose TEACHING = new Purpose(0, Stage.IMITATION, PaidRole.TEACHER);
    private static final TokenUsage MOST = new TokenUsage(100, 100);
    private static final Prices CENT_A_TOKEN = Prices.of(Price.perMillionTokens(10_000, 10_000));

    @TempDir
    Path temp;

    private final List<String> notices = new ArrayList<>();
    private RunDirectory run;

    @BeforeEach
    void open() {
        run = LedgerTest.begun(temp.resolve("run"));
    }

    @AfterEach
    void close() {
        run.close();
    }

    private Ledger ledger(Budget budget) {
        return Ledger.open(run, budget, CENT_A_TOKEN, notices::add);
    }

    private static Optional<Hold> begin(Ledger ledger, int calls) {
        return ledger.holds().begin(TEACHING, Collections.nCopies(calls, MOST), 0.5);
    }

    @Test
    void begin_moreThanTheBudgetHasRoomFor_holdsTheFirstOnes() {
        try (Ledger ledger = ledger(Budget.ofDollars(3.5))) { // a call may take a dollar, at half the price
            assertThat(begin(ledger, 10)).map(Hold::calls).contains(3);
            assertThat(begin(ledger, 1)).isEmpty();
            assertThat(ledger.committed().money()).contains(Money.ofDollars(3));
            assertThat(ledger.spent().calls()).isZero();
        }
    }

    @Test
    void settle_someWithoutTokens_countsThemWithTheirShare() {
        try (Ledger ledger = ledger(Budget.ofDollars(100))) {
            long number = begin(ledger, 10).orElseThrow().number();
            ledger.holds().settle(number, new TokenUsage(70, 30), 2, 3, 0.5);
            // 100 tokens reported, five calls of 200 that may have been charged
            assertThat(ledger.spent().money()).contains(Money.ofDollars((100 + 5 * 200) * 0.01 * 0.5));
            assertThat(ledger.spent().calls()).isEqualTo(10);
            assertThat(ledger.holds().open()).isEmpty();
        }
    }

    @Test
    void settle_again_changesNothing() {
        try (Ledger ledger = ledger(Budget.ofDollars(100))) {
            long number = begin(ledger, 10).orElseThrow().number();
            ledger.holds().settle(number, new TokenUsage(70, 30), 0, 0, 0.5);
            ledger.holds().settle(number, new TokenUsage(70, 30), 0, 0, 0.5);
            ledger.holds().lose(number);
            assertThat(ledger.spent().money()).contains(Money.ofDollars(0.5));
        }
    }

    @Test
    void open_afterAnotherSitting_stillHoldsWhatIsNotSettled() throws InterruptedException {
        try (Ledger ledger = ledger(Budget.ofDollars(100))) {
            begin(ledger, 10);
            long second = begin(ledger, 4).orElseThrow().number();
            ledger.holds().lose(second);
            assertThat(ledger.begin(TEACHING, MOST, () -> false))
                    .as("its process is killed")
                    .isPresent();
        }
        try (Ledger ledger = ledger(Budget.ofDollars(100))) {
            assertThat(ledger.holds().open()).hasSize(1);
            assertThat(ledger.spent().money())
                    .as("the second, and the killed call")
                    .contains(Money.ofDollars(6));
            assertThat(ledger.committed().money()).contains(Money.ofDollars(16));
            assertThat(run.spending().total().money()).contains(Money.ofDollars(16));
            Attempt attempt = ledger.begin(TEACHING, MOST, () -> false).orElseThrow();
            assertThat(attempt.number().orElseThrow()).as("no number of a hold").isPositive();
            attempt.settle(new TokenUsage(50, 50));
            ledger.holds().settle(0, new TokenUsage(100, 100), 0, 0, 0.5);
        }
        assertThat(run.spending().held()).isEmpty();
        assertThat(run.spending().total().money()).contains(Money.ofDollars(6 + 1 + 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settle_holdOfAnEarlierSitting_changesNothingForLaterOnes(boolean limited) {
        Budget budget = limited ? Budget.ofDollars(100) : Budget.unlimited();
        Set<Long> numbers = new HashSet<>();
        for (int sitting = 0; sitting < 4; sitting++) {
            try (Ledger ledger = ledger(budget)) {
                long number = begin(ledger, 4).orElseThrow().number();
                assertThat(numbers.add(number)).as("number %s is new", number).isTrue();
                numbers.forEach(earlier -> {
                    if (earlier != number) {
                        ledger.holds().lose(earlier);
                    }
                });
                assertThat(ledger.holds().open()).extracting(Hold::number).containsExactly(number);
                ledger.holds().settle(number, new TokenUsage(70, 30), 0, 0, 0.5);
            }
        }
        assertThat(run.spending().total().money()).contains(Money.ofDollars(4 * 0.5));
    }

    @Test
    void release_unlimitedBudget_leavesNothingBehind() {
        try (Ledger ledger = ledger(Budget.unlimited())) {
            long number = begin(ledger, 10).orElseThrow().number();
            assertThat(run.spending().held()).as("on disk without a budget too").hasSize(1);
            ledger.holds().release(number);
        }
        assertThat(run.spending().total().calls()).isZero();
    }

    @Test
    void settle_freeRole_believesThatItTookNoTokens() {
        try (Ledger ledger = Ledger.open(run, Budget.ofDollars(1), Prices.of(Price.FREE), notices::add)) {
            long number = begin(ledger, 10).orElseThrow().number();
            ledger.holds().settle(number, TokenUsage.NONE, 10, 0, 0.5);
            assertThat(ledger.spent().tokens()).isEqualTo(TokenUsage.NONE);
        }
    }
}
