package dev.lion.jury;

import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How several ballots become one verdict. Those that abstain are left out; when fewer than the quorum remain, the verdict is
 * an abstention with the reasons. Immutable, so any thread may use it.
 *
 * @param combination how scores are put together
 * @param quorum how many ballots with scores it takes, 1 or more
 */
public record Panel(Combination combination, int quorum) {
    public Panel {
        Objects.requireNonNull(combination, "combination");
        if (quorum < 1) {
            throw new IllegalArgumentException("a quorum must be 1 or more, but was " + quorum);
        }
    }

    /** The mean, of more than half of so many ballots. */
    public static Panel majorityOf(int ballots) {
        return new Panel(Combination.MEAN, ballots / 2 + 1);
    }

    /** The verdict of all of them; its evidence begins with the {@link BallotLine}, its tokens are those of all ballots. */
    public Verdict verdict(List<Ballot> ballots) {
        TokenUsage usage = ballots.stream()
                .map(ballot -> ballot.verdict().usage())
                .reduce(TokenUsage::plus)
                .orElse(TokenUsage.NONE);
        List<Verdict.Scored> scored = ballots.stream()
                .map(Ballot::verdict)
                .filter(Verdict.Scored.class::isInstance)
                .map(Verdict.Scored.class::cast)
                .toList();
        return scored.size() < quorum
                ? new Verdict.Abstained(reason(ballots, scored.size()), usage)
                : new Verdict.Scored(
                        combined(scored, Verdict.Scored::first),
                        combined(scored, Verdict.Scored::second),
                        evidence(ballots),
                        usage);
    }

    private double combined(List<Verdict.Scored> scored, ToDoubleFunction<Verdict.Scored> score) {
        return combination.of(scored.stream().mapToDouble(score).toArray());
    }

    private String reason(List<Ballot> ballots, int scored) {
        return "%d of %d gave scores, and it takes %d".formatted(scored, ballots.size(), quorum)
                + ballots.stream()
                        .filter(ballot -> ballot.verdict() instanceof Verdict.Abstained)
                        .map(ballot -> "; " + ballot.juror() + ": " + ((Verdict.Abstained) ballot.verdict()).reason())
                        .collect(Collectors.joining());
    }

    private static String evidence(List<Ballot> ballots) {
        return BallotLine.write(ballots)
                + ballots.stream()
                        .map(ballot -> "\n\n" + ballot.juror() + ": " + words(ballot.verdict()))
                        .collect(Collectors.joining());
    }

    private static String words(Verdict verdict) {
        return verdict instanceof Verdict.Abstained abstained
                ? abstained.reason()
                : ((Verdict.Scored) verdict).evidence();
    }
}
