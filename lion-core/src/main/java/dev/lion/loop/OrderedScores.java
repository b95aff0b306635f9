package dev.lion.loop;

import dev.lion.data.Verdict;
import dev.lion.run.Journal;
import dev.lion.run.OrderedVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The verdicts of one order by position: scores in memory, 24 bytes a position, the referee's words in the journal. For one
 * thread at a time.
 */
final class OrderedScores {
    private final double[] first;
    private final double[] second;
    private final Places places;
    private final Map<Integer, Verdict> missing = new HashMap<>();

    OrderedScores(int positions) {
        first = new double[positions];
        second = new double[positions];
        places = new Places(positions);
    }

    /** A verdict that is in the journal. */
    void put(int position, Verdict verdict, long start) {
        if (verdict instanceof Verdict.Scored scored) {
            first[position] = scored.first();
            second[position] = scored.second();
            places.put(position, start);
        } else {
            missing.put(position, verdict);
        }
    }

    /** No verdict, which is in no journal. */
    void putMissing(int position, String reason) {
        missing.put(position, Verdict.abstain(reason));
    }

    boolean contains(int position) {
        return places.contains(position) || missing.containsKey(position);
    }

    /** The score of the answer shown first minus the other one's; empty when there are no scores. */
    OptionalDouble difference(int position) {
        return places.contains(position)
                ? OptionalDouble.of(first[position] - second[position])
                : OptionalDouble.empty();
    }

    /** The scores, or why they are missing; empty when nothing is known yet. */
    Optional<Verdict> scores(int position) {
        return places.contains(position)
                ? Optional.of(Verdict.of(first[position], second[position]))
                : Optional.ofNullable(missing.get(position));
    }

    /** The whole verdict, read from the journal, or why it is missing; empty when nothing is known yet. */
    Optional<Verdict> verdict(int position, Journal<OrderedVerdict> journal) {
        return places.contains(position)
                ? Optional.of(journal.read(places.get(position)).verdict())
                : Optional.ofNullable(missing.get(position));
    }
}
