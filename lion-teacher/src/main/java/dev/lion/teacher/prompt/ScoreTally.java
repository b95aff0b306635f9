package dev.lion.teacher.prompt;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** The readings of one answer's score. For one thread. */
final class ScoreTally {
    private final int answer;
    private final Set<ScoreValue> readings = new LinkedHashSet<>();
    private boolean leftOut;

    ScoreTally(int answer) {
        this.answer = answer;
    }

    /** Takes what is said of this answer, but for words that are only repeated from elsewhere. */
    ScoreTally add(List<Claim> claims, Predicate<String> isRepeated) {
        Map<String, Boolean> known = new HashMap<>();
        for (Claim claim : claims) {
            // two different readings are a contradiction already, whatever follows
            if (claim.answer() == answer && readings.size() < 2) {
                if (known.computeIfAbsent(claim.words(), isRepeated::test)) {
                    leftOut = true;
                } else {
                    readings.add(claim.value());
                }
            }
        }
        return this;
    }

    /** The score, when there is one reading, or several that agree, and no fault. */
    OptionalDouble score() {
        return readings.size() == 1 && readings.iterator().next() instanceof ScoreValue.Score score
                ? OptionalDouble.of(score.value())
                : OptionalDouble.empty();
    }

    /** What is wrong, to follow a name for the score. */
    String fault() {
        String none = leftOut ? " is missing, as a score that stands in the texts does not count" : " is missing";
        return readings.stream()
                .filter(ScoreValue.Fault.class::isInstance)
                .map(fault -> " " + ((ScoreValue.Fault) fault).reason())
                .findFirst()
                .orElse(readings.isEmpty() ? none : " is given twice with different values");
    }
}
