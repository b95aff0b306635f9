package dev.lion.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an estimate takes for granted, from low to high.
 *
 * @param bytesPerToken how many bytes of UTF-8 make a token: 2.5, 4, 5; few bytes make many tokens
 * @param answerTokens length of an answer, of teacher or student: 60, 250, and the teacher's limit, or 4096 where it has none
 * @param verdictTokens length of a verdict with its evidence: 60, 200, and the referee's limit, or 4096 where it has none
 * @param requestsPerAccepted proposals of the generator for each instruction that is accepted: 1, 1.5, 3; as many requests
 *     where a request brings one
 * @param attemptsPerCall attempts for each call, repetitions of failed ones included: 1, 1.02, 1.1
 * @param secondsPerCall how long a call takes: 1, 4, 15
 * @param callsPerMinute the provider's rate, when it is known; only the calls' own time counts otherwise
 * @param studentSecondsPerItem how long the student takes for an instruction, to answer it or to learn it; empty leaves the
 *     student's time out
 */
public record Assumptions(
        Range bytesPerToken,
        Range answerTokens,
        Range verdictTokens,
        Range requestsPerAccepted,
        Range attemptsPerCall,
        Range secondsPerCall,
        OptionalInt callsPerMinute,
        OptionalDouble studentSecondsPerItem) {
    /** @throws IllegalArgumentException when a rate is not above zero */
    public Assumptions {
        if (callsPerMinute.orElse(1) < 1) {
            throw new IllegalArgumentException("callsPerMinute must be 1 or more, but is " + callsPerMinute.getAsInt());
        }
        if (!(studentSecondsPerItem.orElse(0) >= 0)) {
            throw new IllegalArgumentException(
                    "studentSecondsPerItem must be 0 or more, but is " + studentSecondsPerItem.getAsDouble());
        }
    }

    /** The usual ones. */
    public static Assumptions usual() {
        return new Assumptions(
                new Range(2.5, 4, 5),
                new Range(60, 250, 4096),
                new Range(60, 200, 4096),
                new Range(1, 1.5, 3),
                new Range(1, 1.02, 1.1),
                new Range(1, 4, 15),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    /** These, with the rate that the provider allows. */
    public Assumptions withCallsPerMinute(int calls) {
        return new Assumptions(
                bytesPerToken,
                answerTokens,
                verdictTokens,
                requestsPerAccepted,
                attemptsPerCall,
                secondsPerCall,
                OptionalInt.of(calls),
                studentSecondsPerItem);
    }

    /** These, with answers of another length. */
    public Assumptions withAnswerTokens(Range tokens) {
        return new Assumptions(
                bytesPerToken,
                tokens,
                verdictTokens,
                requestsPerAccepted,
                attemptsPerCall,
                secondsPerCall,
                callsPerMinute,
                studentSecondsPerItem);
    }

    /** These, with the student's time. */
    public Assumptions withStudentSecondsPerItem(double seconds) {
        return new Assumptions(
                bytesPerToken,
                answerTokens,
                verdictTokens,
                requestsPerAccepted,
                attemptsPerCall,
                secondsPerCall,
                callsPerMinute,
                OptionalDouble.of(seconds));
    }

    /** Tokens of a text, from its bytes. */
    public Range tokensOf(double bytes) {
        return new Range(bytes / bytesPerToken.high(), bytes / bytesPerToken.expected(), bytes / bytesPerToken.low());
    }

    /** For people, a line each. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "prompts are measured on your own instructions, a token for each " + inWords(bytesPerToken) + " bytes");
        lines.add("an answer has " + shortOrUsual(answerTokens) + " tokens, a verdict " + shortOrUsual(verdictTokens)
                + ", a new instruction half as many as its parent or as many, each at most its role's limit");
        lines.add("the generator makes " + inWords(requestsPerAccepted) + " proposals for each accepted instruction");
        lines.add("a call takes " + inWords(attemptsPerCall) + " attempts and " + inWords(secondsPerCall) + " seconds");
        lines.add(
                callsPerMinute.isPresent()
                        ? "the provider takes at most " + Words.count(callsPerMinute.getAsInt(), "call") + " a minute"
                        : "the provider takes as many calls at the same time as are configured");
        lines.add(
                studentSecondsPerItem.isPresent()
                        ? "the student takes " + number(studentSecondsPerItem.getAsDouble())
                                + " s for each instruction that it answers or learns"
                        : "the student's own time, for training and answering, is not included");
        return lines;
    }

    private static String shortOrUsual(Range range) {
        return number(range.low()) + " or " + number(range.expected());
    }

    private static String inWords(Range range) {
        return inWords(range.low(), range.expected(), range.high());
    }

    private static String inWords(double low, double expected, double high) {
        return number(low) + ", " + number(expected) + " or " + number(high);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Words.count((long) value)
                : String.format(Locale.ROOT, "%.4g", value).replaceAll("0+$", "");
    }
}
