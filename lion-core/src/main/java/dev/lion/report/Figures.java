package dev.lion.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How the page writes numbers: the same everywhere, whatever the machine's locale. */
final class Figures {
    private static final String MINUS = "\u2212";

    private Figures() {}

    /** A share from 0 to 1 as {@code 38.9%}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    /** A share from 0 to 1 as {@code 39%}. */
    static String wholePercent(double share) {
        return String.format(Locale.ROOT, "%.0f%%", share * 100);
    }

    /** The difference of two shares as {@code +17.6 points}. */
    static String points(double difference) {
        return signed(difference * 100, 1) + " points";
    }

    /** A score or a gap of scores as {@code 2.94}. */
    static String score(double score) {
        return typographic(fixed(score, 2));
    }

    /** A referee's points or their difference with at most two decimals, as {@code 8}, {@code 6.5}. */
    static String points10(double points) {
        return tick(Math.round(points * 100) / 100.0);
    }

    /** A number with its sign, as {@code −0.52}; a rounded zero has none. */
    static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        boolean positive = value > 0 && new BigDecimal(text).signum() != 0;
        return (positive ? "+" : "") + typographic(text);
    }

    /** A count as {@code 70,000}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count with its noun: {@code 1 item}, {@code 25 items}. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A large count in few characters: {@code 950}, {@code 12,400}, {@code 3.1M}, {@code 2.0B}. */
    static String shortCount(long count) {
        if (count < 1_000_000) {
            return count(count);
        }
        return count < 1_000_000_000 ? fixed(count / 1e6, 1) + "M" : fixed(count / 1e9, 1) + "B";
    }

    /** A time in its two largest units: {@code 3 h 12 min}, {@code 4 min 10 s}, {@code 0.4 s}. */
    static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return fixed(duration.toMillis() / 1000.0, 1) + " s";
        }
        long seconds = duration.plusMillis(500).toSeconds();
        if (seconds >= 86_400) {
            return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
    }

    /** The label of an axis mark, without needless zeros. */
    static String tick(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return Math.abs(value) >= 1000 ? typographic(count(rounded.longValue())) : typographic(rounded.toPlainString());
    }

    /** A place in a chart. */
    static String coordinate(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.toPlainString();
    }

    private static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return new BigDecimal(text).signum() == 0 ? text.replace("-", "") : text;
    }

    private static String typographic(String number) {
        return number.replace("-", MINUS);
    }
}
