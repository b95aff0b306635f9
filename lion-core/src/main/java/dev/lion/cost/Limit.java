package dev.lion.cost;

import dev.lion.data.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One limit of a budget on what calls take.
 *
 * @param most the limit
 * @param part what of an amount counts against it
 * @param words how the part is said
 * @param limitInWords how the limit is said
 */
record Limit(BigDecimal most, Function<Amount, BigDecimal> part, Function<Amount, String> words, String limitInWords) {
    private static final int DECIMALS = 6;

    /** A budget's limits on money, tokens and calls. */
    static List<Limit> of(Budget budget) {
        Optional<Limit> money = budget.money()
                .map(limit -> new Limit(
                        limit.dollars(),
                        amount -> amount.knownMoney().dollars(),
                        amount -> amount.knownMoney().toString(),
                        limit.toString()));
        Stream<Limit> tokens = budget.tokens().stream()
                .mapToObj(limit ->
                        counted(limit, "token", amount -> amount.tokens().total()));
        Stream<Limit> calls = budget.calls().stream().mapToObj(limit -> counted(limit, "call", Amount::calls));
        return Stream.of(money.stream(), tokens, calls).flatMap(each -> each).toList();
    }

    private static Limit counted(long limit, String noun, Function<Amount, Long> part) {
        return new Limit(
                BigDecimal.valueOf(limit),
                amount -> BigDecimal.valueOf(part.apply(amount)),
                amount -> Words.count(part.apply(amount)),
                Words.count(limit, noun));
    }

    boolean isExceededBy(Amount amount) {
        return part.apply(amount).compareTo(most) > 0;
    }

    /** The part of the limit that an amount takes, 1 for all of it. */
    double share(Amount amount) {
        return part.apply(amount).divide(most, DECIMALS, RoundingMode.DOWN).doubleValue();
    }

    /** As in {@code $24.99 of $25.00}. */
    String describe(Amount amount) {
        return words.apply(amount) + " of " + limitInWords;
    }
}
