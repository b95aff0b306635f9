package dev.lion.loop;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Regression;
import dev.lion.evaluation.Evaluation;
import dev.lion.evaluation.Measurement;
import dev.lion.evaluation.PairedDifference;
import dev.lion.role.Student;
import dev.lion.run.IterationDirectory;
import dev.lion.run.IterationSummary;
import dev.lion.run.RecordType;
import dev.lion.run.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The student is measured on held-out items, and a fall behind its best so far is told from chance, item by item. The best of
 * k students is so partly by chance, so the interval of the fall has a confidence of 1 - 0.05 / k.
 */
final class EvaluationStage {
    private static final Comparator<IterationSummary> BY_ACCURACY = Comparator.<IterationSummary>comparingDouble(
                    summary -> summary.evaluation().orElseThrow().overall().accuracy())
            .thenComparingInt(IterationSummary::iteration);

    private final RunContext context;

    EvaluationStage(RunContext context) {
        this.context = context;
    }

    /** What was found, without asking again what is on disk; empty when there is no evaluation. */
    Optional<EvaluationSummary> run(int iteration) {
        return context.roles().evaluation().map(evaluation -> {
            IterationDirectory files = context.run().iteration(iteration);
            EvaluationSummary summary = files.committed(RecordType.EVALUATION)
                    .map(outcomes -> judged(iteration, Measurement.of(outcomes)))
                    .orElseGet(() -> measure(iteration, evaluation, files));
            summary.regression().ifPresent(fall -> context.events().tell(new LoopEvent.Regressed(iteration, fall)));
            return summary;
        });
    }

    private EvaluationSummary measure(int iteration, Evaluation evaluation, IterationDirectory files) {
        try (Sitting sitting = new Sitting(context, iteration, Stage.EVALUATION, 0)) {
            Student student = StoppableStudent.of(context.roles().student(), context.stop());
            Measurement measured = sitting.call(
                    Role.EVALUATION,
                    "of the student",
                    () -> Objects.requireNonNull(evaluation.measure(student), "it returned null"));
            if (!measured.outcomes().isEmpty()) {
                files.commit(RecordType.EVALUATION, measured.outcomes());
            }
            EvaluationSummary summary = judged(iteration, measured);
            sitting.finished(inWords(summary));
            return summary;
        }
    }

    private EvaluationSummary judged(int iteration, Measurement measured) {
        List<IterationSummary> earlier = measuredBefore(iteration);
        Optional<Regression> fall = earlier.stream()
                .max(BY_ACCURACY)
                .map(IterationSummary::iteration)
                .flatMap(best -> PairedDifference.fromBest(earlier.size(), outcomes(best), measured.outcomes())
                        .flatMap(difference -> difference.asRegression(best)));
        return measured.summary().withRegression(fall);
    }

    // outcomes alone are not enough: an iteration may have committed some and be summed up without an evaluation
    private List<IterationSummary> measuredBefore(int iteration) {
        return context.run().summaries().stream()
                .filter(earlier -> earlier.iteration() < iteration
                        && earlier.evaluation().isPresent()
                        && !outcomes(earlier.iteration()).isEmpty())
                .toList();
    }

    private List<ItemOutcome> outcomes(int iteration) {
        return context.run().outcomes(iteration);
    }

    private static String inWords(EvaluationSummary summary) {
        Score overall = summary.overall();
        String accuracy = String.format(
                Locale.ROOT,
                "accuracy %.2f: %d of %d items right",
                overall.accuracy(),
                overall.correct(),
                overall.total());
        return accuracy + summary.regression().map(EvaluationStage::inWords).orElse("");
    }

    private static String inWords(Regression fall) {
        return String.format(
                Locale.ROOT,
                "; WORSE than iteration %d by %.1f points (%.1f to %.1f), more than chance explains",
                fall.since(),
                100 * fall.fall(),
                100 * fall.low(),
                100 * fall.high());
    }
}
