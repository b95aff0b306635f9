package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Published;
import dev.lion.report.ExperimentResult.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An invented experiment, the same for the same seed: the first arm learns fastest, the last slowest. */
final class ExperimentFixture {
    static final Measure PUZZLES =
            new Measure("puzzles", "Held-out puzzles", "Right answers to 400 puzzles that are in no pool.");
    static final Measure BBH = new Measure("bbh", "BIG-Bench Hard", "Right answers to the items of eight tasks.");

    private static final List<String> NAMES = List.of(
            "Adversarial",
            "Random self-instruct",
            "More epochs",
            "All hard",
            "All easy",
            "No referee",
            "Threshold 0",
            "Threshold 0.5",
            "Threshold 1.5",
            "Threshold 2",
            "Noisy referee",
            "One order");

    private final Random random;
    private int arms = 3;
    private int seeds = 5;
    private int tasks = 8;
    private int iterations = 3;
    private Predicate<Run> there = run -> true;
    private UnaryOperator<String> words = UnaryOperator.identity();

    private ExperimentFixture(long seed) {
        this.random = new Random(seed);
    }

    static ExperimentFixture seeded(long seed) {
        return new ExperimentFixture(seed);
    }

    ExperimentFixture size(int newArms, int newSeeds, int newTasks) {
        this.arms = newArms;
        this.seeds = newSeeds;
        this.tasks = newTasks;
        return this;
    }

    ExperimentFixture iterations(int count) {
        this.iterations = count;
        return this;
    }

    /** Which runs are done. */
    ExperimentFixture only(Predicate<Run> done) {
        this.there = done;
        return this;
    }

    /** How all texts are written. */
    ExperimentFixture words(UnaryOperator<String> writing) {
        this.words = writing;
        return this;
    }

    ExperimentResult build() {
        List<Arm> all = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (int arm = 0; arm < arms; arm++) {
            all.add(new Arm(
                    "arm-" + arm,
                    words.apply(NAMES.get(arm)),
                    words.apply("New instructions by way " + arm + ", at the same number of answers and tokens.")));
        }
        for (int seed = 1; seed <= seeds; seed++) {
            for (int arm = 0; arm < arms; arm++) {
                Run run = run(arm, seed);
                if (there.test(run)) {
                    runs.add(run);
                }
            }
        }
        return new ExperimentResult(
                words.apply("adversarial"),
                words.apply("Does the search for weak spots beat spending the same on random instructions?"),
                words.apply("At equal cost, the adversarial loop ends ahead of random instructions."),
                List.of(words.apply("The lead is clear on puzzles and within chance on BIG-Bench Hard.")),
                List.of(PUZZLES, BBH),
                all,
                runs,
                comparisons(runs),
                List.of(
                        new Published(words.apply("paper, table 4"), "bbh", byArm(), List.of()),
                        new Published(
                                words.apply("paper, figure 5: Vicuna-80"),
                                "puzzles",
                                Map.of(),
                                List.of(83.2, 91.5, 93.1, 93.8))),
                List.of(words.apply("The paper trains 7 billion weights; this is a decoder of five million.")),
                Map.of(words.apply("student"), words.apply("4 layers, 256 wide")),
                Map.of(words.apply("commit"), words.apply("0123abc")));
    }

    private static Map<String, Double> byArm() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("arm-0", 32.0);
        figures.put("arm-1", 24.3);
        return figures;
    }

    private Run run(int arm, int seed) {
        double start = 0.34 + 0.01 * (seed % 4);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= iterations; i++) {
            double level = start + (0.34 - 0.03 * arm) * (1 - Math.pow(0.5, i)) + 0.012 * random.nextGaussian();
            points.add(point(arm, i, level));
        }
        return new Run("arm-" + arm, seed, points, 140 + 30 * random.nextDouble());
    }

    private Point point(int arm, int iteration, double level) {
        Map<String, Double> byTask = new LinkedHashMap<>();
        for (int task = 0; task < tasks; task++) {
            byTask.put(words.apply(Invented.task(task)), Math.max(0, Math.min(1, level + 0.08 * (task % 8 - 3.5))));
        }
        return new Point(
                iteration,
                1600 + 3200L * iteration,
                (210_000L + 5_000L * arm) * (iteration + 1),
                iteration == 0 ? Optional.empty() : Optional.of(0.6 - level / 2),
                Map.of("puzzles", level, "bbh", level * 0.6),
                byTask.isEmpty() ? Map.of() : Map.of("puzzles", byTask));
    }

    private static List<Comparison> comparisons(List<Run> runs) {
        List<Comparison> all = new ArrayList<>();
        for (String measure : List.of("puzzles", "bbh")) {
            for (int arm = 1; arm <= 2; arm++) {
                List<Double> differences = differences(runs, "arm-" + arm, measure);
                if (!differences.isEmpty()) {
                    Spread spread = Spread.of(differences);
                    double half = spread.half().orElse(Double.NaN);
                    all.add(new Comparison(
                            "arm-0",
                            "arm-" + arm,
                            measure,
                            differences,
                            spread.mean(),
                            spread.mean() - half,
                            spread.mean() + half));
                }
            }
        }
        return all;
    }

    private static double value(Run run, String measure) {
        return Objects.requireNonNull(run.last().values().get(measure));
    }

    private static List<Double> differences(List<Run> runs, String baseline, String measure) {
        List<Double> differences = new ArrayList<>();
        for (Run one : runs) {
            runs.stream()
                    .filter(other ->
                            one.arm().equals("arm-0") && other.arm().equals(baseline) && other.seed() == one.seed())
                    .forEach(other -> differences.add(value(one, measure) - value(other, measure)));
        }
        return differences;
    }
}
