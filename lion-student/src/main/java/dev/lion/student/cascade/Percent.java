package dev.lion.student.cascade;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares as readers are told them. */
final class Percent {
    private Percent() {}

    /** A share as {@code 95%} or {@code 97.5%}, to one decimal at most. */
    static String of(double share) {
        BigDecimal rounded = BigDecimal.valueOf(share * 100)
                .setScale(1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return rounded.toPlainString() + "%";
    }
}
