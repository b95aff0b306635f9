package dev.lion.teacher.prompt;

import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.teacher.prompt.ScoreLine.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads a referee's reply: the two score lines, wherever they stand in it, and the evidence around them.
 *
 * <p>It is tolerant in form (emphasis, bullets, {@code 8/10}, {@code 8.5 out of 10}, a remark after the number, both
 * scores on one line, either order, reasoning in {@code <think>} tags) and strict in substance: a score that is missing,
 * outside 1 to 10, on another scale, a range, or given twice with different values is an abstention, never a guess. Only
 * a line that starts with a label counts, so a score line that the referee quotes in quotation marks or after
 * {@code >} is evidence. Any thread may use it.
 */
public final class VerdictParser {
    private final List<String> evidence = new ArrayList<>();
    private final Tally first = new Tally(1);
    private final Tally second = new Tally(2);

    private VerdictParser() {}

    /** The verdict in a complete reply, with the tokens that the reply took. */
    public static Verdict parse(String reply, TokenUsage usage) {
        return new VerdictParser().read(Reasoning.strip(reply), usage);
    }

    /**
     * The verdict in a reply that was cut by length. Its last line counts for nothing, as the 10 in it may have become 1.
     */
    public static Verdict parseCut(String reply, TokenUsage usage) {
        String completeLines = reply.substring(0, reply.lastIndexOf('\n') + 1);
        Verdict verdict = parse(completeLines, usage);
        return verdict instanceof Verdict.Abstained abstained
                ? new Verdict.Abstained(abstained.reason() + "; the reply was cut by the limit on its length", usage)
                : verdict;
    }

    private Verdict read(String reply, TokenUsage usage) {
        List<String> lines = reply.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int below = nextFilled(lines, i);
            List<Labelled> labels = ScoreLine.read(lines.get(i));
            if (labels.size() == 1
                    && labels.get(0).value().isBlank()
                    && below < lines.size()
                    && ScoreValue.isWholeLine(lines.get(below))) {
                count(labels.get(0).withValue(lines.get(below)));
                i = below;
            } else if (labels.stream().filter(this::count).count() == 0) {
                evidence.add(lines.get(i));
            }
        }
        return verdict(usage);
    }

    private static int nextFilled(List<String> lines, int index) {
        int next = index + 1;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next;
    }

    /** Counts what a label says as a score of its answer; false if it is not about a score. */
    private boolean count(Labelled label) {
        boolean isScore = label.explicit() ? !label.value().isBlank() : ScoreValue.standsAlone(label.value());
        if (isScore) {
            (label.answer() == 1 ? first : second).add(ScoreValue.read(label.value()));
        }
        return isScore;
    }

    private Verdict verdict(TokenUsage usage) {
        OptionalDouble one = first.score();
        OptionalDouble two = second.score();
        if (one.isEmpty() || two.isEmpty()) {
            String reason = one.isPresent() ? second.fault() : first.fault();
            return new Verdict.Abstained(reason, usage);
        }
        return new Verdict.Scored(
                one.getAsDouble(),
                two.getAsDouble(),
                String.join("\n", evidence).strip(),
                usage);
    }

    /** The readings of one answer's score. */
    private static final class Tally {
        private final String name;
        private final List<ScoreValue> readings = new ArrayList<>();

        Tally(int answer) {
            this.name = "the score of answer " + answer;
        }

        void add(ScoreValue reading) {
            readings.add(reading);
        }

        /** The score, when there is one reading, or several that agree, and no fault. */
        OptionalDouble score() {
            return readings.stream().distinct().count() == 1 && readings.get(0) instanceof ScoreValue.Score score
                    ? OptionalDouble.of(score.value())
                    : OptionalDouble.empty();
        }

        String fault() {
            return readings.stream()
                    .filter(ScoreValue.Fault.class::isInstance)
                    .map(fault -> name + " " + ((ScoreValue.Fault) fault).reason())
                    .findFirst()
                    .orElse(name + (readings.isEmpty() ? " is missing" : " is given twice with different values"));
        }
    }
}
