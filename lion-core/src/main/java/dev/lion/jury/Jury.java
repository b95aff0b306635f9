package dev.lion.jury;

import dev.lion.LionException;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.role.Referee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A referee made of several: each is asked about every comparison, one after the other, and their scores are put together; by
 * default the mean of those who give any, when these are more than half. What each said is in the verdict's evidence ({@link
 * BallotLine}), the tokens are those of all. Safe for use from several threads when the jurors are.
 *
 * <p>When a juror fails, so does the attempt: the others' answers, if there were any, are asked for again with the next one,
 * and the attempt counts as charged. A budget that is to hold with jurors of different prices needs the price of the dearest.
 */
public final class Jury implements Referee {
    private final Map<String, Referee> jurors;
    private final Panel panel;

    private Jury(Builder builder) {
        this.jurors = new LinkedHashMap<>(builder.jurors);
        this.panel = new Panel(builder.combination, builder.quorum.orElse(jurors.size() / 2 + 1));
    }

    /** A builder without jurors. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * All jurors' verdicts as one, or an abstention when too few gave scores.
     *
     * @throws dev.lion.role.RetryableRoleException when another attempt may succeed
     */
    @Override
    public Verdict judge(Comparison comparison) throws Exception {
        List<Ballot> ballots = new ArrayList<>();
        for (Map.Entry<String, Referee> juror : jurors.entrySet()) {
            ballots.add(new Ballot(juror.getKey(), ask(juror, comparison, ballots.size())));
        }
        return panel.verdict(ballots);
    }

    private Verdict ask(Map.Entry<String, Referee> juror, Comparison comparison, int before) throws Exception {
        try {
            return juror.getValue().judge(comparison);
        } catch (Exception e) {
            Optional<LionException> other =
                    LaterFailure.inPlaceOf(e, "the juror " + juror.getKey(), before, jurors.size());
            if (other.isPresent()) {
                throw other.get();
            }
            throw e;
        }
    }

    /** The tokens of all jurors together; unknown when one's are. */
    @Override
    public Optional<TokenUsage> mostTokens(Comparison comparison) {
        return jurors.values().stream()
                .map(juror -> juror.mostTokens(comparison))
                .reduce((a, b) -> a.flatMap(some -> b.map(some::plus)))
                .orElseThrow();
    }

    /** What decides its verdicts beside the jurors themselves, for the run manifest. */
    public Map<String, String> settings() {
        return Map.of(
                "referee.jury",
                panel.combination() + " of " + panel.quorum() + " or more of " + String.join(", ", jurors.keySet()));
    }

    /** Settings of a {@link Jury}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Referee> jurors = new LinkedHashMap<>();
        private Combination combination = Combination.MEAN;
        private Optional<Integer> quorum = Optional.empty();

        private Builder() {}

        /**
         * Adds a juror; asked in the order in which they are added.
         *
         * @param name 1 to 60 letters, digits and {@code . _ : / @ + -}, unlike the others'
         */
        public Builder juror(String name, Referee referee) {
            Objects.requireNonNull(referee, "referee");
            if (jurors.putIfAbsent(Ballot.requireName(name), referee) != null) {
                throw new IllegalArgumentException("there are two jurors called " + name);
            }
            return this;
        }

        /** How scores are put together; {@link Combination#MEAN} by default. */
        public Builder combination(Combination how) {
            combination = Objects.requireNonNull(how, "combination");
            return this;
        }

        /** How many jurors must give scores, lest the jury abstain; more than half by default. */
        public Builder quorum(int jurorsWithScores) {
            quorum = Optional.of(jurorsWithScores);
            return this;
        }

        /**
         * The jury.
         *
         * @throws IllegalArgumentException without jurors, or if the quorum is not from 1 to their number
         */
        public Jury build() {
            if (jurors.isEmpty()) {
                throw new IllegalArgumentException("a jury needs a juror");
            }
            int needed = quorum.orElse(1);
            if (needed < 1 || needed > jurors.size()) {
                throw new IllegalArgumentException(
                        "the quorum must be from 1 to the " + jurors.size() + " jurors, but is " + needed);
            }
            return new Jury(this);
        }
    }
}
