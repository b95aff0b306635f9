package dev.lion.strategy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ImitationSummary;
import dev.lion.data.JudgingSummary;
import dev.lion.data.Regression;
import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Summaries of runs that differ in one figure from iteration to iteration. */
final class Summaries {
    private Summaries() {}

    /** Iterations from 0, each with this many of 100 items right; none asked for a negative number. */
    static List<IterationSummary> withRightAnswers(int... correct) {
        List<IterationSummary> summaries = new ArrayList<>();
        for (int right : correct) {
            Score score = right < 0 ? new Score(0, 0) : new Score(right, 100);
            summaries.add(summary(
                    summaries.size(), Optional.empty(), Optional.of(new EvaluationSummary(Map.of("task", score)))));
        }
        return summaries;
    }

    /** The same, of which the last one is worse than that of an iteration by more than chance explains. */
    static List<IterationSummary> fallenBehind(int since, int... correct) {
        List<IterationSummary> summaries = withRightAnswers(correct);
        int last = summaries.size() - 1;
        EvaluationSummary fallen = summaries
                .get(last)
                .evaluation()
                .orElseThrow()
                .withRegression(Optional.of(new Regression(since, 0.3, 0.1, 0.5)));
        summaries.set(last, summary(last, Optional.empty(), Optional.of(fallen)));
        return summaries;
    }

    private static final JudgingSummary JUDGING = JudgingSummary.full(200, new JudgingSummary.Orders(100, 0, 0, 0));

    /** Iteration 0, then iterations with this many of 100 judged instructions hard. */
    static List<IterationSummary> withHard(int... hard) {
        List<IterationSummary> summaries = new ArrayList<>(List.of(summary(0, Optional.empty(), Optional.empty())));
        for (int each : hard) {
            summaries.add(summary(
                    summaries.size(),
                    Optional.of(new Discrimination(each, 100 - each, 7, 8, 6, JUDGING)),
                    Optional.empty()));
        }
        return summaries;
    }

    private static IterationSummary summary(
            int iteration, Optional<Discrimination> discrimination, Optional<EvaluationSummary> evaluation) {
        ImitationSummary imitation = ImitationSummary.ofAll(1, 1, List.of());
        return new IterationSummary(
                iteration, discrimination, Optional.empty(), 1, 1, 0, imitation, evaluation, iteration);
    }
}
