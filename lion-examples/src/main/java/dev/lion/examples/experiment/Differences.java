package dev.lion.examples.experiment;

import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Compares two arms seed by seed: the mean of the differences with Student's 95 % interval, which is wider where several
 * comparisons are made at once, so that all of them hold together with 95 % (Bonferroni).
 */
final class Differences {
    private static final double TAIL = 0.025;

    private Differences() {}

    /**
     * One arm less the other, at the end of the runs; empty without two seeds that both have.
     *
     * @param together how many comparisons are made at once
     */
    static Optional<Comparison> between(String arm, String baseline, String measure, List<Run> runs, int together) {
        List<Double> differences = new ArrayList<>();
        for (Run one : runs) {
            if (one.arm().equals(arm)) {
                runs.stream()
                        .filter(other -> other.arm().equals(baseline) && other.seed() == one.seed())
                        .findFirst()
                        .ifPresent(other -> differences.add(value(one, measure) - value(other, measure)));
            }
        }
        return differences.size() < 2
                ? Optional.empty()
                : Optional.of(comparison(arm, baseline, measure, differences, together));
    }

    /** What a run ended with. */
    static double value(Run run, String measure) {
        return Objects.requireNonNull(run.last().values().get(measure), () -> run.arm() + " has no " + measure);
    }

    private static Comparison comparison(
            String arm, String baseline, String measure, List<Double> differences, int together) {
        double mean = mean(differences);
        double half = halfWidth(differences, together);
        return new Comparison(arm, baseline, measure, differences, mean, mean - half, mean + half);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    private static double halfWidth(List<Double> values, int together) {
        int degrees = values.size() - 1;
        double mean = mean(values);
        double variance = values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / degrees;
        double t = TDistribution.of(degrees).inverseSurvivalProbability(TAIL / together);
        return t * Math.sqrt(variance / values.size());
    }
}
