package dev.lion.strategy;

import dev.lion.run.IterationSummary;
import dev.lion.run.IterationSummary.Discrimination;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The built-in rules for the end. */
final class StopRules {
    static final StopRule NEVER = new Never();

    private StopRules() {}

    private record Never() implements StopRule {
        @Override
        public Optional<String> reasonToStop(List<IterationSummary> summaries) {
            return Optional.empty();
        }
    }

    record Plateau(double leastFall, int patience) implements StopRule {
        /** A fall of just the least that counts must not be missed by an error of rounding. */
        private static final double ROUNDING = 1e-9;

        Plateau {
            if (!(leastFall > 0 && leastFall <= 1)) {
                throw new IllegalArgumentException(
                        "the least fall that counts must be above 0 and at most 1, but is " + leastFall);
            }
            if (patience < 1) {
                throw new IllegalArgumentException("patience must be 1 or more, but is " + patience);
            }
        }

        @Override
        public Optional<String> reasonToStop(List<IterationSummary> summaries) {
            double lowest = Double.POSITIVE_INFINITY;
            int waited = 0;
            for (Discrimination judged : judged(summaries)) {
                boolean fell = lowest - judged.hardShare() >= leastFall - ROUNDING;
                lowest = fell ? judged.hardShare() : lowest;
                waited = fell ? 0 : waited + 1;
            }
            return waited < patience ? Optional.empty() : Optional.of(reason(lowest));
        }

        private static List<Discrimination> judged(List<IterationSummary> summaries) {
            return summaries.stream()
                    .flatMap(summary -> summary.discrimination().stream())
                    .filter(judged -> judged.hard() + judged.easy() > 0)
                    .toList();
        }

        private String reason(double lowest) {
            return String.format(
                    Locale.ROOT,
                    "the hard share is on a plateau: in %s it did not fall by %s below %.2f",
                    patience == 1 ? "the last iteration" : "the last " + patience + " iterations",
                    leastFall,
                    lowest);
        }
    }
}
