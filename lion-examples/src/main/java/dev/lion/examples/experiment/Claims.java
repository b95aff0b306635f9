package dev.lion.examples.experiment;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What experiments found, in words. The first sentence is the claim; those behind it temper it. */
final class Claims {
    private static final String TOO_EARLY = "Too few runs are done to say anything.";

    private Claims() {}

    /** The first comparison in short, then it on every measure, then the others on the first measure. */
    static List<String> differences(List<Arm> arms, List<Run> runs, List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return List.of(TOO_EARLY);
        }
        List<String> sentences = new ArrayList<>();
        Comparison first = comparisons.get(0);
        sentences.add(inShort(arms, first));
        comparisons.stream().filter(c -> isOfSame(c, first)).forEach(c -> sentences.add(difference(arms, c)));
        comparisons.stream()
                .filter(c -> !isOfSame(c, first) && c.measure().equals(first.measure()))
                .forEach(c -> sentences.add(difference(arms, c)));
        return sentences;
    }

    private static boolean isOfSame(Comparison one, Comparison other) {
        return one.arm().equals(other.arm()) && one.baseline().equals(other.baseline());
    }

    private static String inShort(List<Arm> arms, Comparison c) {
        String ends = label(arms, c.arm()) + " ends " + outcome(c) + " " + label(arms, c.baseline());
        return c.low() > 0 || c.high() < 0
                ? String.format(Locale.ROOT, "%s by %.1f points.", ends, 100 * Math.abs(c.mean()))
                : ends + ".";
    }

    private static String difference(List<Arm> arms, Comparison c) {
        return label(arms, c.arm()) + " is " + outcome(c) + " " + label(arms, c.baseline()) + " on "
                + items(c.measure()) + ": " + points(c) + ".";
    }

    private static String outcome(Comparison c) {
        if (c.low() > 0) {
            return "ahead of";
        }
        return c.high() < 0 ? "behind" : "not told apart from";
    }

    private static String items(String measure) {
        return switch (measure) {
            case World.PUZZLES -> "held-out puzzles";
            case World.AS_THE_SEEDS -> "puzzles as frequent as among the seeds";
            default -> "BIG-Bench Hard\u2019s own items";
        };
    }

    private static String points(Comparison c) {
        return String.format(
                Locale.ROOT,
                "%+.1f points, 95 %% interval %+.1f to %+.1f, %d seeds",
                100 * c.mean(),
                100 * c.low(),
                100 * c.high(),
                c.differences().size());
    }

    /** From which of the arms the first baseline can be told apart; comparisons with another one are said behind. */
    static List<String> against(List<Arm> arms, List<Run> runs, List<Comparison> comparisons) {
        List<Comparison> puzzles = ofPuzzles(comparisons);
        if (puzzles.isEmpty()) {
            return List.of(TOO_EARLY);
        }
        String id = puzzles.get(0).baseline();
        String baseline = label(arms, id);
        List<String> better = labels(arms, puzzles, c -> c.baseline().equals(id) && c.low() > 0);
        List<String> worse = labels(arms, puzzles, c -> c.baseline().equals(id) && c.high() < 0);
        List<String> sentences = new ArrayList<>();
        sentences.add(
                better.isEmpty() && worse.isEmpty()
                        ? "No setting can be told apart from " + baseline + "."
                        : "Compared with " + baseline + ", " + list("better", better) + "; " + list("worse", worse)
                                + ".");
        puzzles.forEach(c -> sentences.add(difference(arms, c)));
        return sentences;
    }

    private static List<Comparison> ofPuzzles(List<Comparison> comparisons) {
        return comparisons.stream()
                .filter(c -> c.measure().equals(World.PUZZLES))
                .toList();
    }

    private static List<String> labels(List<Arm> arms, List<Comparison> comparisons, Predicate<Comparison> wish) {
        return comparisons.stream().filter(wish).map(c -> label(arms, c.arm())).toList();
    }

    private static String list(String what, List<String> labels) {
        return what + ": " + (labels.isEmpty() ? "none" : String.join(", ", labels));
    }

    /** What each iteration of the first arm gained on the puzzles. */
    static List<String> gains(List<Arm> arms, List<Run> runs, List<Comparison> comparisons) {
        List<Run> first =
                runs.stream().filter(run -> run.arm().equals(arms.get(0).id())).toList();
        if (first.isEmpty()) {
            return List.of(TOO_EARLY);
        }
        int iterations = first.get(0).points().size() - 1;
        List<Double> gains = IntStream.rangeClosed(1, iterations)
                .mapToObj(i ->
                        Differences.mean(first.stream().map(run -> gain(run, i)).toList()))
                .toList();
        int most =
                1 + gains.indexOf(gains.stream().max(Comparator.naturalOrder()).orElse(0.0));
        String each = gains.stream()
                .map(gain -> String.format(Locale.ROOT, "%+.1f", 100 * gain))
                .collect(Collectors.joining(", "));
        return List.of(
                "Iteration " + most + " gains most on held-out puzzles.",
                "The gains of iterations 1 to " + iterations + " are " + each + " points, means of " + first.size()
                        + " seeds.");
    }

    private static double gain(Run run, int iteration) {
        return puzzles(run.points().get(iteration)) - puzzles(run.points().get(iteration - 1));
    }

    private static double puzzles(Point point) {
        return Objects.requireNonNull(point.values().get(World.PUZZLES));
    }

    /** In how many regimes the first of a pair is ahead. */
    static List<String> whereItPays(List<Arm> arms, List<Run> runs, List<Comparison> comparisons) {
        List<Comparison> puzzles = ofPuzzles(comparisons);
        if (puzzles.isEmpty()) {
            return List.of(TOO_EARLY);
        }
        long ahead = puzzles.stream().filter(c -> c.low() > 0).count();
        long behind = puzzles.stream().filter(c -> c.high() < 0).count();
        List<String> sentences = new ArrayList<>();
        sentences.add("The loop pays in " + ahead + " of " + puzzles.size() + " regimes, costs in " + behind
                + ", and makes no difference that these seeds could show in "
                + (puzzles.size() - ahead - behind) + ".");
        puzzles.forEach(c -> sentences.add(difference(arms, c)));
        return sentences;
    }

    private static String label(List<Arm> arms, String id) {
        return arms.stream()
                .filter(arm -> arm.id().equals(id))
                .map(Arm::label)
                .findFirst()
                .orElse(id);
    }
}
