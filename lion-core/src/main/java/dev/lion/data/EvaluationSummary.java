package dev.lion.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Accuracy on held-out items, by task.
 *
 * @param tasks right answers and items of each task, in the order of the evaluation
 * @param regression a fall behind the best earlier student that chance does not explain; empty when there is none, or when it
 *     cannot be told, as only counts are known
 */
public record EvaluationSummary(Map<String, Score> tasks, Optional<Regression> regression) {
    public EvaluationSummary {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        Objects.requireNonNull(regression, "regression");
    }

    /** Accuracy of which no fall is known. */
    public EvaluationSummary(Map<String, Score> tasks) {
        this(tasks, Optional.empty());
    }

    /** The same accuracy, found to have fallen or not. */
    public EvaluationSummary withRegression(Optional<Regression> found) {
        return new EvaluationSummary(tasks, found);
    }

    /**
     * Right answers out of items.
     *
     * @param correct items answered right
     * @param total items asked
     */
    public record Score(int correct, int total) {
        public Score {
            if (correct < 0 || correct > total) {
                throw new IllegalArgumentException(correct + " right answers of " + total);
            }
        }

        /** The share of right answers, 0 when nothing was asked. */
        public double accuracy() {
            return total == 0 ? 0 : (double) correct / total;
        }
    }

    /** Right answers and items over all tasks. */
    public Score overall() {
        int correct = tasks.values().stream().mapToInt(Score::correct).sum();
        int total = tasks.values().stream().mapToInt(Score::total).sum();
        return new Score(correct, total);
    }
}
