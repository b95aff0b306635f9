package dev.lion.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an experiment found: several ways of distilling (arms), each run from several seeds, measured after each iteration.
 * Equal seeds begin alike in all arms, so that arms are compared seed by seed.
 *
 * @param name the experiment's, as on the command line
 * @param question what it asks, in a sentence
 * @param claim what it found, in a sentence
 * @param support what tempers the claim or explains it, a sentence each
 * @param measures what was measured, the most important first; at least one
 * @param arms the ways that are compared, in the order to show them; at least one
 * @param runs one for each arm and seed that is done
 * @param comparisons differences between arms over the seeds
 * @param published figures of the paper to see beside these; may be empty
 * @param notes what does not reproduce, what limits the result, and the likely reasons, a paragraph each
 * @param settings what all runs have in common, in the order to show it
 * @param provenance commit, machine, command, time and the like, in the order to show it
 */
public record ExperimentResult(
        String name,
        String question,
        String claim,
        List<String> support,
        List<Measure> measures,
        List<Arm> arms,
        List<Run> runs,
        List<Comparison> comparisons,
        List<Published> published,
        List<String> notes,
        Map<String, String> settings,
        Map<String, String> provenance) {
    public ExperimentResult {
        Objects.requireNonNull(name, "name");
        support = List.copyOf(support);
        measures = List.copyOf(measures);
        arms = List.copyOf(arms);
        runs = List.copyOf(runs);
        comparisons = List.copyOf(comparisons);
        published = List.copyOf(published);
        notes = List.copyOf(notes);
        settings = ordered(settings);
        provenance = ordered(provenance);
        if (measures.isEmpty() || arms.isEmpty()) {
            throw new IllegalArgumentException("an experiment needs a measure and an arm");
        }
    }

    /**
     * Something that was measured of a student, as a share from 0 to 1.
     *
     * @param id how points name it
     * @param label in a few words
     * @param description how it is computed, in a sentence
     */
    public record Measure(String id, String label, String description) {}

    /**
     * A way of distilling.
     *
     * @param id how runs name it
     * @param label in a few words
     * @param description what is particular about it, in a sentence
     */
    public record Arm(String id, String label, String description) {}

    /**
     * An arm from one seed.
     *
     * @param points after each iteration, from 0
     * @param seconds time on the clock
     */
    public record Run(String arm, long seed, List<Point> points, double seconds) {
        public Run {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("a run needs a point: " + arm + ", seed " + seed);
            }
        }

        /** The student that the run ended with. */
        public Point last() {
            return points.get(points.size() - 1);
        }
    }

    /**
     * A student after an iteration.
     *
     * @param iteration from 0, the imitation of the seeds
     * @param answered instructions that the teacher answered for training, so far
     * @param tokens tokens that the student was trained on, so far, each time counted
     * @param hardShare hard instructions as a share of those judged before this imitation; empty where none were judged
     * @param values by measure
     * @param tasks by measure, the shares by task
     */
    public record Point(
            int iteration,
            long answered,
            long tokens,
            Optional<Double> hardShare,
            Map<String, Double> values,
            Map<String, Map<String, Double>> tasks) {
        public Point {
            Objects.requireNonNull(hardShare, "hardShare");
            values = ordered(values);
            tasks = ordered(tasks);
        }
    }

    /**
     * The difference of two arms, seed by seed, at the end of their runs.
     *
     * @param arm the one
     * @param baseline the other
     * @param measure of what
     * @param differences one minus other, by seed in the order of the runs
     * @param mean of the differences
     * @param low lower end of the mean's 95 % interval
     * @param high upper end
     */
    public record Comparison(
            String arm,
            String baseline,
            String measure,
            List<Double> differences,
            double mean,
            double low,
            double high) {
        public Comparison {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Figures of a publication, in its own unit.
     *
     * @param label what they are, and where they stand
     * @param measured the measure to see them beside
     * @param byArm by arm; empty for a curve
     * @param byIteration after each iteration, from 0; empty for a table
     */
    public record Published(String label, String measured, Map<String, Double> byArm, List<Double> byIteration) {
        public Published {
            byArm = ordered(byArm);
            byIteration = List.copyOf(byIteration);
        }
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
