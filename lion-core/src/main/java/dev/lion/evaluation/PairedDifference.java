package dev.lion.evaluation;

import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Regression;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two students, or one at two times, compared on the same items: only those count on which one is right and the other wrong,
 * so that far smaller differences are seen than between two accuracies. The interval is Newcombe's for paired shares (1998,
 * method 10), which holds also where few items differ; with 95 % confidence, or more where the first is {@linkplain
 * #fromBest the best of several}.
 *
 * @param items that both were asked
 * @param gained items that only the second has right
 * @param lost items that only the first has right
 * @param change of the accuracy from the first to the second, from -1 to 1
 */
public record PairedDifference(int items, int gained, int lost, Estimate change) {
    private static final double ERROR = 0.05;

    /**
     * Compares outcomes on the items that both hold; of equal items in a task the first goes with the first, and so on.
     *
     * @throws IllegalArgumentException when they have no item in common
     */
    public static PairedDifference of(List<ItemOutcome> first, List<ItemOutcome> second) {
        return ifComparable(first, second)
                .orElseThrow(() -> new IllegalArgumentException("the two have no item in common"));
    }

    /** The same; empty when they have no item in common. */
    public static Optional<PairedDifference> ifComparable(List<ItemOutcome> first, List<ItemOutcome> second) {
        return fromBest(1, first, second);
    }

    /**
     * The same where the first was chosen as the best of several, which is so partly by chance: the interval has a confidence
     * of 1 - 0.05 / candidates (Bonferroni), so that it holds with 95 % for whichever of them was chosen.
     *
     * @param candidates how many the first is the best of, itself among them, 1 or more
     * @return empty when the two have no item in common
     */
    public static Optional<PairedDifference> fromBest(
            int candidates, List<ItemOutcome> best, List<ItemOutcome> second) {
        if (candidates < 1) {
            throw new IllegalArgumentException("the first must be the best of 1 or more, but is of " + candidates);
        }
        double z = candidates == 1 ? Estimate.Z : NormalQuantile.twoSided(1 - ERROR / candidates);
        return compared(best, second, z);
    }

    private static Optional<PairedDifference> compared(List<ItemOutcome> first, List<ItemOutcome> second, double z) {
        Map<String, Boolean> before = byItem(first);
        Map<String, Boolean> after = byItem(second);
        int[] counts = new int[4];
        after.forEach((item, right) -> {
            if (before.containsKey(item)) {
                counts[(before.get(item) ? 0 : 2) + (right ? 0 : 1)]++;
            }
        });
        return Arrays.stream(counts).sum() == 0
                ? Optional.empty()
                : Optional.of(of(counts[0], counts[1], counts[2], counts[3], z));
    }

    private static Map<String, Boolean> byItem(List<ItemOutcome> outcomes) {
        Map<String, Boolean> byItem = new HashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        for (ItemOutcome outcome : outcomes) {
            String name = outcome.id() + " " + outcome.task();
            byItem.put(seen.merge(name, 1, Integer::sum) + " " + name, outcome.right());
        }
        return byItem;
    }

    static PairedDifference of(int bothRight, int lost, int gained, int bothWrong, double z) {
        int n = bothRight + lost + gained + bothWrong;
        Estimate first = Estimate.wilson(new Score(bothRight + lost, n), z);
        Estimate second = Estimate.wilson(new Score(bothRight + gained, n), z);
        double correlation = correlation(bothRight, lost, gained, bothWrong);
        double change = (double) (gained - lost) / n;
        double down = half(second.value() - second.low(), first.high() - first.value(), correlation);
        double up = half(second.high() - second.value(), first.value() - first.low(), correlation);
        return new PairedDifference(n, gained, lost, new Estimate(change, change - down, change + up));
    }

    private static double half(double one, double other, double correlation) {
        return Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
    }

    // phi of the two, corrected for continuity as by Newcombe
    private static double correlation(int a, int b, int c, int d) {
        double product = (double) (a + b) * (c + d) * (a + c) * (b + d);
        double excess = (double) a * d - (double) b * c;
        if (product == 0) {
            return 0;
        }
        double corrected = excess > 0 ? Math.max(excess - (a + b + c + d) / 2.0, 0) : excess;
        return corrected / Math.sqrt(product);
    }

    /** Whether the second is worse by more than chance explains: the whole interval lies below 0. */
    public boolean isFall() {
        return change.high() < 0;
    }

    /** The fall, when there is {@linkplain #isFall() one}, since the iteration that the first outcomes are of. */
    public Optional<Regression> asRegression(int since) {
        return isFall()
                ? Optional.of(new Regression(since, -change.value(), -change.high(), -change.low()))
                : Optional.empty();
    }

    /** Whether the second is better by more than chance explains: the whole interval lies above 0. */
    public boolean isRise() {
        return change.low() > 0;
    }
}
