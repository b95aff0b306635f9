package dev.lion.strategy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.Regression;
import dev.lion.run.IterationSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The built-in rules for the student that is kept. */
final class KeepRules {
    static final KeepRule LATEST = new Latest();
    static final KeepRule UNLESS_FALLEN = new UnlessFallen();

    private KeepRules() {}

    private static IterationSummary last(List<IterationSummary> summaries) {
        return summaries.get(summaries.size() - 1);
    }

    private record Latest() implements KeepRule {
        @Override
        public int keptIteration(List<IterationSummary> summaries) {
            return last(summaries).iteration();
        }

        @Override
        public String description() {
            return "latest";
        }
    }

    private record UnlessFallen() implements KeepRule {
        @Override
        public int keptIteration(List<IterationSummary> summaries) {
            IterationSummary last = last(summaries);
            return last.evaluation()
                    .flatMap(EvaluationSummary::regression)
                    .map(Regression::since)
                    .orElse(last.iteration());
        }

        @Override
        public boolean needsEvaluation() {
            return true;
        }

        @Override
        public String description() {
            return "latest unless fallen";
        }
    }

    /** The best of those measured, and the last one when it is not behind by more than the tolerance. */
    record Best(double tolerance) implements KeepRule {
        /** A difference that equals the tolerance must not exceed it by an error of rounding. */
        private static final double ROUNDING = 1e-9;

        private static final Comparator<IterationSummary> BY_ACCURACY =
                Comparator.comparingDouble(Best::accuracy).thenComparingInt(IterationSummary::iteration);

        Best {
            if (!(tolerance >= 0 && tolerance <= 1)) {
                throw new IllegalArgumentException("the tolerance must be from 0 to 1, but is " + tolerance);
            }
        }

        @Override
        public int keptIteration(List<IterationSummary> summaries) {
            IterationSummary last = last(summaries);
            Optional<IterationSummary> best =
                    summaries.stream().filter(Best::isMeasured).max(BY_ACCURACY);
            return best.filter(found -> !isMeasured(last) || accuracy(found) - accuracy(last) > tolerance + ROUNDING)
                    .orElse(last)
                    .iteration();
        }

        private static boolean isMeasured(IterationSummary summary) {
            return summary.evaluation().filter(e -> e.overall().total() > 0).isPresent();
        }

        private static double accuracy(IterationSummary summary) {
            return summary.evaluation()
                    .map(EvaluationSummary::overall)
                    .orElseThrow()
                    .accuracy();
        }

        @Override
        public boolean needsEvaluation() {
            return true;
        }

        @Override
        public String description() {
            return "best, tolerance " + tolerance;
        }
    }
}
