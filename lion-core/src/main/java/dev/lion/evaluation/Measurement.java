package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an evaluation found.
 *
 * @param summary right answers and items of each task
 * @param outcomes what became of each item, in the order of the evaluation; none where it only counts
 * @param tooLong ids of the instructions that were not asked, as they fill the student's context by themselves; they count as
 *     wrong
 */
public record Measurement(EvaluationSummary summary, List<ItemOutcome> outcomes, Set<String> tooLong) {
    public Measurement {
        Objects.requireNonNull(summary, "summary");
        outcomes = List.copyOf(outcomes);
        tooLong = Set.copyOf(tooLong);
        if (!outcomes.isEmpty() && !count(outcomes).equals(summary.tasks())) {
            throw new IllegalArgumentException(
                    "the outcomes count to " + count(outcomes) + ", not to " + summary.tasks());
        }
    }

    /** Counts alone. */
    public static Measurement ofCounts(EvaluationSummary summary) {
        return new Measurement(summary, List.of(), Set.of());
    }

    /** Outcomes, counted by task; tasks in the order in which they first appear. */
    public static Measurement of(List<ItemOutcome> outcomes) {
        return of(outcomes, Set.of());
    }

    /** Outcomes, counted by task, of which some are of instructions that were not asked. */
    public static Measurement of(List<ItemOutcome> outcomes, Set<String> tooLong) {
        return new Measurement(new EvaluationSummary(count(outcomes)), outcomes, tooLong);
    }

    private static Map<String, Score> count(List<ItemOutcome> outcomes) {
        Map<String, Score> tasks = new LinkedHashMap<>();
        for (ItemOutcome outcome : outcomes) {
            tasks.merge(
                    outcome.task(),
                    new Score(outcome.right() ? 1 : 0, 1),
                    (a, b) -> new Score(a.correct() + b.correct(), a.total() + b.total()));
        }
        return tasks;
    }
}
