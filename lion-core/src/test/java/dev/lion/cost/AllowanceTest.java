package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.cost.Allowance.Reservation;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final TokenUsage MOST = new TokenUsage(100, 50);
    private static final Price DOLLAR_A_TOKEN = Price.perMillionTokens(1e6, 1e6);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void reserve_noRoomAndNothingInFlight_saysWhatIsSpentAndWhatIsNeeded() throws InterruptedException {
        Allowance allowance = Allowance.of(Budget.ofDollars(200), DOLLAR_A_TOKEN);
        allowance.reserve(MOST, LONG).settle(new TokenUsage(60, 0));
        assertThatThrownBy(() -> allowance.reserve(MOST, LONG))
                .isInstanceOf(BudgetExhaustedException.class)
                .hasMessage("the budget is reached: $60.00 of $200.00 spent, and the next call may take $150.00");
    }

    @Test
    void settle_anyEnding_countsWhatItMayHaveTaken() throws InterruptedException {
        Allowance allowance = Allowance.of(Budget.ofTokens(1000));
        allowance.reserve(MOST, LONG).settle(new TokenUsage(1, 2));
        assertThat(allowance.spent().tokens().total()).isEqualTo(3);
        allowance.reserve(MOST, LONG).refused();
        allowance.reserve(MOST, LONG).settle(TokenUsage.FREE);
        assertThat(allowance.spent().tokens().total()).isEqualTo(3);
        allowance.reserve(MOST, LONG).settle(TokenUsage.NONE);
        assertThat(allowance.spent().tokens().total()).isEqualTo(153);
        Reservation lost = allowance.reserve(MOST, LONG);
        lost.lost();
        lost.settle(MOST);
        assertThat(allowance.spent().tokens().total()).isEqualTo(303);
        assertThat(allowance.spent().calls()).isEqualTo(5);
        assertThat(allowance.committed()).isEqualTo(allowance.spent());
    }

    @Test
    void settle_noTokensOfAFreeModel_isBelieved() throws InterruptedException {
        Allowance allowance = Allowance.of(Budget.ofTokens(200), Price.FREE);
        allowance.reserve(MOST, LONG).settle(TokenUsage.NONE);
        assertThat(allowance.spent().tokens().total()).isZero();
    }

    @Test
    void reserve_callInFlightGivesBack_waitsForIt() throws Exception {
        Allowance allowance = Allowance.of(Budget.ofTokens(200));
        Reservation first = allowance.reserve(MOST, LONG);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Reservation> second = thread.submit(() -> allowance.reserve(MOST, LONG));
            first.settle(new TokenUsage(10, 10));
            second.get(30, TimeUnit.SECONDS).settle(MOST);
        } finally {
            thread.shutdownNow();
        }
        assertThat(allowance.spent().tokens().total()).isEqualTo(170);
    }

    @Test
    void reserve_patienceOver_saysThatCallsInFlightHoldTheRest() throws InterruptedException {
        Allowance allowance = Allowance.of(Budget.ofCalls(1));
        allowance.reserve(MOST, Duration.ZERO);
        assertThatThrownBy(() -> allowance.reserve(MOST, Duration.ZERO))
                .hasMessageContaining("0 of 1 call spent")
                .hasMessageContaining("1 call in flight may take the rest");
    }

    @Test
    void reserve_manyThreads_neverPassesTheLimit() throws Exception {
        Allowance allowance = Allowance.of(Budget.ofDollars(2000), DOLLAR_A_TOKEN);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long taken = i % 100;
                calls.add(() -> {
                    Reservation reservation;
                    try {
                        reservation = allowance.reserve(MOST, LONG);
                    } catch (BudgetExhaustedException e) {
                        return false;
                    }
                    boolean held = !allowance.committed().knownMoney().exceeds(Money.ofDollars(2000));
                    reservation.settle(new TokenUsage(taken, 50));
                    assertThat(held).isTrue();
                    return true;
                });
            }
            long made = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                made += call.get() ? 1 : 0;
            }
            assertThat(allowance.spent().calls()).isEqualTo(made);
        } finally {
            threads.shutdownNow();
        }
        assertThat(allowance.spent().knownMoney().exceeds(Money.ofDollars(1850)))
                .isTrue();
        assertThat(allowance.spent().knownMoney().exceeds(Money.ofDollars(2000)))
                .isFalse();
    }

    @Test
    void of_whatItCannotKeep_isRefused() {
        assertThatThrownBy(() -> Allowance.of(Budget.ofDollars(1))).hasMessageContaining("needs the price");
        assertThatThrownBy(() -> Allowance.of(Budget.ofTime(LONG))).hasMessageContaining("a limit on time");
    }
}
