package dev.lion.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An exact amount of US dollars, never negative. Sums of any number of amounts are exact.
 *
 * @param dollars the amount; equal amounts are equal, however many zeros they were written with
 */
public record Money(BigDecimal dollars) implements Comparable<Money> {
    /** No money. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    private static final BigDecimal ONE_CENT = new BigDecimal("0.01");
    private static final int SIGNIFICANT = 2;

    public Money {
        if (dollars.signum() < 0) {
            throw new IllegalArgumentException("an amount of money must not be negative, but is " + dollars);
        }
        dollars = dollars.stripTrailingZeros();
    }

    /** So many dollars, as the decimal number that {@link Double#toString} writes. */
    public static Money ofDollars(double dollars) {
        if (!Double.isFinite(dollars)) {
            throw new IllegalArgumentException("an amount of money must be a finite number, but is " + dollars);
        }
        return new Money(BigDecimal.valueOf(dollars));
    }

    /** The sum of both. */
    public Money plus(Money other) {
        return new Money(dollars.add(other.dollars));
    }

    /** So many times as much, exactly. */
    public Money times(double factor) {
        return new Money(dollars.multiply(BigDecimal.valueOf(factor)));
    }

    /** Whether this is more than the other. */
    public boolean exceeds(Money other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Money other) {
        return dollars.compareTo(other.dollars);
    }

    /** For people: {@code $1,234.50}; less than a cent to two significant digits, {@code $0.00042}. */
    @Override
    public String toString() {
        boolean tiny = dollars.signum() > 0 && dollars.compareTo(ONE_CENT) < 0;
        int decimals = tiny ? dollars.scale() - dollars.precision() + SIGNIFICANT : 2;
        BigDecimal rounded = dollars.setScale(decimals, RoundingMode.HALF_EVEN);
        return tiny
                ? "$" + rounded.stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "$%,.2f", rounded);
    }
}
