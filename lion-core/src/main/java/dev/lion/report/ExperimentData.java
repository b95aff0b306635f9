package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the sections of an experiment's page ask of its result.
 *
 * @param result what was found, perhaps not by all of its runs yet
 */
record ExperimentData(ExperimentResult result) {

    /** The seeds of all runs, in the order in which they first appear. */
    List<Long> seeds() {
        return result.runs().stream().map(Run::seed).distinct().toList();
    }

    /** The runs of an arm, in the order of the result. */
    List<Run> runs(Arm arm) {
        return result.runs().stream().filter(run -> run.arm().equals(arm.id())).toList();
    }

    /** The arms that have a run. */
    List<Arm> begun() {
        return result.arms().stream().filter(arm -> !runs(arm).isEmpty()).toList();
    }

    /** Seeds that an arm has no run of while another has, by arm; without arms that have all. */
    Map<Arm, List<Long>> missing() {
        Map<Arm, List<Long>> missing = new LinkedHashMap<>();
        for (Arm arm : result.arms()) {
            List<Long> done = runs(arm).stream().map(Run::seed).toList();
            List<Long> left =
                    seeds().stream().filter(seed -> !done.contains(seed)).toList();
            if (!left.isEmpty() || done.isEmpty()) {
                missing.put(arm, left);
            }
        }
        return missing;
    }

    /** Figures of the students that an arm's runs ended with; empty where no run has one. */
    Optional<Spread> end(Arm arm, Function<Point, Optional<Double>> figure) {
        return spread(runs(arm).stream().map(Run::last), figure);
    }

    /** A measure of the students that an arm's runs ended with. */
    Optional<Spread> end(Arm arm, Measure measure) {
        return end(arm, value(measure));
    }

    /** A measure on one task of the students that an arm's runs ended with. */
    Optional<Spread> end(Arm arm, Measure measure, String task) {
        return end(
                arm,
                point -> tasks(point, measure).filter(t -> t.containsKey(task)).map(t -> t.get(task)));
    }

    static Optional<Spread> spread(Stream<Point> points, Function<Point, Optional<Double>> figure) {
        List<Double> figures = points.flatMap(point -> figure.apply(point).stream())
                .filter(Double::isFinite)
                .toList();
        return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
    }

    static Function<Point, Optional<Double>> value(Measure measure) {
        return point -> Optional.ofNullable(point.values().get(measure.id()));
    }

    private static Optional<Map<String, Double>> tasks(Point point, Measure measure) {
        return Optional.ofNullable(point.tasks().get(measure.id()));
    }

    /** The tasks that a measure is known by, in the order in which they first appear. */
    List<String> tasks(Measure measure) {
        return result.runs().stream()
                .flatMap(run -> run.points().stream())
                .flatMap(point -> tasks(point, measure).stream())
                .flatMap(tasks -> tasks.keySet().stream())
                .distinct()
                .toList();
    }

    /** The comparisons of a measure. */
    List<Comparison> comparisons(Measure measure) {
        return result.comparisons().stream()
                .filter(c -> c.measure().equals(measure.id()))
                .toList();
    }

    /** The label of an arm; its id when the result does not describe it. */
    String label(String armId) {
        return arm(armId).map(Arm::label).orElse(armId);
    }

    Optional<Arm> arm(String armId) {
        return result.arms().stream().filter(arm -> arm.id().equals(armId)).findFirst();
    }

    /** The 95 % interval of a difference; empty where there is none, as with a single seed. */
    static Optional<Interval> interval(Comparison c) {
        boolean known = Double.isFinite(c.low()) && Double.isFinite(c.high()) && c.low() < c.high();
        return known ? Optional.of(new Interval(c.low(), c.high())) : Optional.empty();
    }

    /** The seeds behind a comparison's differences, when there are as many. */
    Optional<List<Long>> seeds(Comparison c) {
        List<Long> first = seedsOf(c.arm());
        List<Long> both = first.stream().filter(seedsOf(c.baseline())::contains).toList();
        return both.size() == c.differences().size() ? Optional.of(both) : Optional.empty();
    }

    private List<Long> seedsOf(String armId) {
        return arm(armId).stream()
                .flatMap(arm -> runs(arm).stream())
                .map(Run::seed)
                .toList();
    }

    /** The smallest and the largest of a whole figure at the end of the runs, as {@code 1,200} or {@code 900 to 1,200}. */
    Optional<String> range(Function<Point, Long> figure) {
        var range =
                result.runs().stream().map(Run::last).mapToLong(figure::apply).summaryStatistics();
        if (range.getCount() == 0) {
            return Optional.empty();
        }
        String low = Figures.shortCount(range.getMin());
        String high = Figures.shortCount(range.getMax());
        return Optional.of(low.equals(high) ? low : low + " to " + high);
    }

    /** Whether the arms of each seed end with the same figure, to a thousandth. */
    boolean isEqualWithinSeeds(Function<Point, Long> figure) {
        return seeds().stream()
                .map(seed -> result.runs().stream()
                        .filter(run -> run.seed() == seed)
                        .map(Run::last)
                        .mapToLong(figure::apply)
                        .summaryStatistics())
                .allMatch(range -> range.getMax() <= 1.001 * range.getMin());
    }

    /** The best arm of a measure by its mean. */
    Optional<Arm> best(Measure measure) {
        Optional<Arm> best = Optional.empty();
        double most = Double.NEGATIVE_INFINITY;
        for (Arm arm : begun()) {
            OptionalDouble mean =
                    end(arm, measure).stream().mapToDouble(Spread::mean).findFirst();
            if (mean.isPresent() && mean.getAsDouble() > most) {
                best = Optional.of(arm);
                most = mean.getAsDouble();
            }
        }
        return best;
    }
}
