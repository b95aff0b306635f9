package dev.lion.cost;

import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a model's tokens cost, as providers state it.
 *
 * @param input for a million tokens read
 * @param output for a million tokens written
 */
public record Price(Money input, Money output) {
    /** Nothing: a model that runs on one's own machine, or a program. */
    public static final Price FREE = new Price(Money.ZERO, Money.ZERO);

    private static final int MILLION = 6;

    public Price {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
    }

    /** So many dollars for a million tokens. */
    public static Price perMillionTokens(double inputDollars, double outputDollars) {
        return new Price(Money.ofDollars(inputDollars), Money.ofDollars(outputDollars));
    }

    /** What these tokens cost, exactly. */
    public Money of(TokenUsage tokens) {
        return times(input, tokens.inputTokens()).plus(times(output, tokens.outputTokens()));
    }

    private static Money times(Money perMillion, long tokens) {
        return new Money(
                perMillion.dollars().multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION));
    }

    @Override
    public String toString() {
        return input + " for a million tokens read, " + output + " written";
    }
}
