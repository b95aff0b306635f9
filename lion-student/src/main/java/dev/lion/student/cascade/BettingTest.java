package dev.lion.student.cascade;

/**
 * Tests the mean of bounded numbers by betting against it: for any distribution, and for any number of them, the error is at
 * most what was asked for (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024,
 * theorem 3 with the bets of its section 3.3 for a fixed number). Unlike a normal approximation or a bootstrap it knows that
 * thirty answers without a fault may still hide one fault in ten.
 */
final class BettingTest {
    /** No bet risks more than this share of the capital. */
    private static final double MOST_RISKED = 0.75;

    private BettingTest() {}

    /**
     * Whether independent numbers show that their mean is above a bound. The probability that they do when it is not is at
     * most {@code error}.
     *
     * @param values in an order that does not depend on them, each from {@code low} to {@code high}
     */
    static boolean showsMeanAbove(double bound, double[] values, double low, double high, double error) {
        double width = high - low;
        double tested = (bound - low) / width;
        if (tested < 0) {
            return true;
        }
        double needed = -Math.log(error);
        double capital = 0;
        double sum = 0.5;
        double squares = 0.25;
        for (int i = 0; i < values.length; i++) {
            double value = (values[i] - low) / width;
            double variance = squares / (i + 1);
            double bet = Math.min(Math.sqrt(2 * needed / (values.length * variance)), MOST_RISKED / tested);
            capital += Math.log1p(bet * (value - tested));
            if (capital >= needed) {
                return true;
            }
            sum += value;
            double mean = sum / (i + 2);
            squares += (value - mean) * (value - mean);
        }
        return false;
    }
}
