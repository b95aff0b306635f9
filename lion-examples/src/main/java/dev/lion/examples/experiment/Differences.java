package dev.lion.examples.experiment;

import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares two arms seed by seed: the mean of the differences with Student's 95 % interval. */
final class Differences {
    /** Upper 2.5 % points of Student's t for 1, 2, ... degrees of freedom; beyond them the last is close enough. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private Differences() {}

    /** One arm less the other, at the end of the runs; empty without two seeds that both have. */
    static Optional<Comparison> between(String arm, String baseline, String measure, List<Run> runs) {
        List<Double> differences = new ArrayList<>();
        for (Run one : runs) {
            if (one.arm().equals(arm)) {
                runs.stream()
                        .filter(other -> other.arm().equals(baseline) && other.seed() == one.seed())
                        .findFirst()
                        .ifPresent(other -> differences.add(value(one, measure) - value(other, measure)));
            }
        }
        return differences.size() < 2 ? Optional.empty() : Optional.of(comparison(arm, baseline, measure, differences));
    }

    private static double value(Run run, String measure) {
        return run.last().values().getOrDefault(measure, 0.0);
    }

    private static Comparison comparison(String arm, String baseline, String measure, List<Double> differences) {
        double mean = mean(differences);
        double half = halfWidth(differences);
        return new Comparison(arm, baseline, measure, differences, mean, mean - half, mean + half);
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }

    /** Half of the 95 % interval of the mean; 0 for one value, of which nothing is known. */
    static double halfWidth(List<Double> values) {
        int degrees = values.size() - 1;
        if (degrees == 0) {
            return 0;
        }
        double mean = mean(values);
        double variance = values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / degrees;
        return T[Math.min(degrees, T.length) - 1] * Math.sqrt(variance / values.size());
    }
}
