package dev.lion.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    private static final Price PRICE = Price.perMillionTokens(0.15, 0.6);

    @Test
    void of_aMillionCallsOfOneToken_sumsWithoutDrift() {
        Money sum = Money.ZERO;
        for (int call = 0; call < 1_000_000; call++) {
            sum = sum.plus(PRICE.of(new TokenUsage(1, 0)));
        }
        assertThat(sum).isEqualTo(Money.ofDollars(0.15));
    }

    @Test
    void of_inputAndOutput_areChargedEachAtItsPrice() {
        assertThat(PRICE.of(new TokenUsage(2_000_000, 500_000))).isEqualTo(Money.ofDollars(0.6));
    }

    @ParameterizedTest
    @CsvSource({"0,$0.00", "0.01,$0.01", "1234.5,'$1,234.50'", "0.004249,$0.0042", "0.00000015,$0.00000015", "25,$25.00"
    })
    void toString_anyAmount_isReadByPeople(BigDecimal dollars, String words) {
        assertThat(new Money(dollars)).hasToString(words);
    }

    @Test
    void new_negative_isRefused() {
        assertThatThrownBy(() -> Money.ofDollars(-1)).hasMessageContaining("-1");
    }

    @Test
    void plus_oneSideWithoutPrice_keepsTheKnownPart() {
        Amount known = new Amount(1, new TokenUsage(1, 2), Optional.of(Money.ofDollars(3)));
        Amount unknown = new Amount(2, new TokenUsage(10, 20), Optional.empty());
        assertThat(known.plus(unknown))
                .isEqualTo(new Amount(3, new TokenUsage(11, 22), Optional.of(Money.ofDollars(3))));
    }

    @Test
    void missing_oneRolePriced_namesTheOthers() {
        assertThat(Prices.unknown().with(PaidRole.REFEREE, PRICE).missing())
                .containsExactly(PaidRole.TEACHER, PaidRole.GENERATOR);
    }

    @Test
    void new_budgetOfNothing_namesEveryLimitThatIsNotAboveZero() {
        assertThatThrownBy(() -> new Budget(
                        Optional.of(Money.ZERO), OptionalLong.of(0), OptionalLong.of(-1), Optional.of(Duration.ZERO)))
                .hasMessageContainingAll("money", "tokens", "calls", "time");
    }

    @Test
    void toString_severalLimits_saysThemAll() {
        Budget budget = Budget.ofDollars(25).withCalls(1).withTokens(2_000_000).withTime(Duration.ofMinutes(130));
        assertThat(budget).hasToString("$25.00, 2,000,000 tokens, 1 call, 2 h 10 min");
        assertThat(Budget.unlimited()).hasToString("unlimited");
    }
}
