package dev.lion.teacher.prompt;

import dev.lion.data.Verdict;

/**
 * What a referee is asked for: points, or only which answer is better. Whatever it is, the verdict has lion's scores from 1
 * to 10, to which a scale is mapped, and the gap from which an instruction is hard is one of those: see the constants for
 * what the usual gap of 1 means on each. Immutable, so any thread may use it.
 */
public sealed interface Scale {
    /** From 1 to 10, half points allowed (paper, section 3.2): taken as it is. The default. */
    Points ONE_TO_TEN = new Points(1, 10);

    /**
     * From 1 to 5: a point is 2.25 of lion's, so that a gap of 1 is passed by half a point, and by one point in one order of
     * two.
     */
    Points ONE_TO_FIVE = new Points(1, 5);

    /** From 0 to 100: a point is 0.09 of lion's, so that a gap of 1 is passed by 12 points. */
    Points ZERO_TO_HUNDRED = new Points(0, 100);

    /**
     * Which answer is better, or that neither is: the better one gets 10 and the other 1, equally good ones 5.5 each. The gap
     * over both orders is then 9, 4.5, 0, −4.5 or −9: with a hard gap of up to 4.5 an instruction is hard when the teacher's
     * answer is preferred once and not beaten, above that, up to 9, when it is preferred in both orders.
     */
    Preference PREFERENCE = new Preference();

    /**
     * Points in a range.
     *
     * @param low the lowest, for a useless answer
     * @param high the highest, for an excellent one
     */
    record Points(double low, double high) implements Scale {
        public Points {
            if (!(Double.isFinite(low) && Double.isFinite(high) && low >= 0 && low < high && high <= 1000)) {
                throw new IllegalArgumentException(
                        "a scale must go from 0 or more to something higher, at most 1000, but was " + low + " to "
                                + high);
            }
        }

        boolean contains(double points) {
            return points >= low && points <= high;
        }

        /** The score from 1 to 10 that stands for as many points; linear. */
        double score(double points) {
            double share = (points - low) / (high - low);
            double score = Verdict.MIN_SCORE + share * (Verdict.MAX_SCORE - Verdict.MIN_SCORE);
            return low == Verdict.MIN_SCORE && high == Verdict.MAX_SCORE ? points : score;
        }

        @Override
        public String toString() {
            return plain(low) + "-" + plain(high);
        }

        static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }

    /** Which answer is better. */
    record Preference() implements Scale {
        @Override
        public String toString() {
            return "preference";
        }
    }

    /**
     * A scale by what it is called on a command line: {@code 1-10}, {@code 1-5}, {@code 0-100}, any other range, or {@code
     * preference}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Scale parse(String text) {
        if (text.equals(PREFERENCE.toString())) {
            return PREFERENCE;
        }
        String[] ends = text.split("-", -1);
        if (ends.length == 2 && isNumber(ends[0]) && isNumber(ends[1])) {
            return new Points(Double.parseDouble(ends[0]), Double.parseDouble(ends[1]));
        }
        throw new IllegalArgumentException(
                "a scale is a range such as 1-10, 1-5 or 0-100, or preference, but was " + text);
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,4}(?:\\.\\d{1,2})?");
    }
}
