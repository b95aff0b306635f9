package dev.lion.student.cascade;

import dev.lion.cost.Price;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a cascade with one threshold does, as measured on judged instructions.
 *
 * @param threshold the student answers where its confidence is this or more; above 1 the teacher answers everything
 * @param instructions on which it was measured
 * @param local how many of them the student answers
 * @param quality of what is answered, by whomever, with its interval
 * @param spared the tokens that the teacher would have taken for what the student answers; unknown when one of them is
 */
public record CascadePoint(double threshold, int instructions, int local, QualityInterval quality, TokenUsage spared) {
    private static final int THOUSAND = 1000;
    private static final int CENTS = 2;
    private static final BigDecimal TEN_CENTS = new BigDecimal("0.10");
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

    /** The share of instructions that the student answers. */
    public double localShare() {
        return (double) local / instructions;
    }

    /** What is saved on a thousand requests like these, when the teacher's tokens have this price. */
    public Money savedPerThousand(Price price) {
        BigDecimal all = price.of(spared).dollars().multiply(BigDecimal.valueOf(THOUSAND));
        return new Money(all.divide(BigDecimal.valueOf(instructions), MathContext.DECIMAL64));
    }

    /** {@link #savedPerThousand} for people, with two significant digits at least: {@code $0.013}. */
    public String savedPerThousandInWords(Price price) {
        Money saved = savedPerThousand(price);
        if (saved.dollars().signum() == 0 || saved.dollars().compareTo(TEN_CENTS) >= 0) {
            return saved.toString();
        }
        BigDecimal rounded = saved.dollars().round(TWO_DIGITS).stripTrailingZeros();
        return "$" + rounded.setScale(Math.max(CENTS, rounded.scale())).toPlainString();
    }
}
