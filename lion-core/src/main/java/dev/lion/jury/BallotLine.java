package dev.lion.jury;

import dev.lion.data.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The first line of a verdict's evidence when several were asked: {@code [ballots gpt=8:5.5 claude=7:6 local=-]}, the scores of
 * the answers shown first and second, a dash for an abstention. So what each juror said is kept with the verdict, and a run
 * that was resumed, or ended long ago, has it too. Immutable, so any thread may use it.
 *
 * @param scores both scores of each juror that gave some, by juror, in the order in which they were asked
 */
public record BallotLine(Map<String, Scores> scores) {
    private static final String BEGIN = "[ballots ";
    private static final Pattern BALLOT =
            Pattern.compile("([^\\s=]{1,60})=(?:-|(\\d{1,2}\\.?\\d{0,20}):(\\d{1,2}\\.?\\d{0,20}))");

    /** A juror's two scores. */
    public record Scores(double first, double second) {
        /** By how much the answer shown first is ahead. */
        public double gap() {
            return first - second;
        }
    }

    public BallotLine {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    static String write(List<Ballot> ballots) {
        return ballots.stream()
                .map(ballot -> ballot.juror() + "=" + scores(ballot.verdict()))
                .collect(Collectors.joining(" ", BEGIN, "]"));
    }

    private static String scores(Verdict verdict) {
        return verdict instanceof Verdict.Scored scored ? plain(scored.first()) + ":" + plain(scored.second()) : "-";
    }

    private static String plain(double score) {
        return score == Math.rint(score) ? Integer.toString((int) score) : Double.toString(score);
    }

    /** The evidence of one referee, as a quotation when it begins as if jurors had been asked, so that it is not read so. */
    public static String quoteIn(String evidence) {
        return evidence.startsWith(BEGIN) ? "> " + evidence : evidence;
    }

    /** What the jurors said, from a verdict's evidence; empty when it does not begin with such a line. */
    public static Optional<BallotLine> read(Verdict.Scored verdict) {
        String line = verdict.evidence().lines().findFirst().orElse("");
        if (!line.startsWith(BEGIN) || !line.endsWith("]")) {
            return Optional.empty();
        }
        Map<String, Scores> scores = new LinkedHashMap<>();
        for (String each : line.substring(BEGIN.length(), line.length() - 1).split(" ", -1)) {
            Matcher ballot = BALLOT.matcher(each);
            if (!ballot.matches()) {
                return Optional.empty();
            }
            Optional.ofNullable(ballot.group(2))
                    .ifPresent(first -> scores.put(
                            ballot.group(1),
                            new Scores(Double.parseDouble(first), Double.parseDouble(ballot.group(3)))));
        }
        return Optional.of(new BallotLine(scores));
    }
}
