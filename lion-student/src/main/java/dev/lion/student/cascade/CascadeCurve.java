package dev.lion.student.cascade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the student's confidence is worth: the quality of what is answered against the share that the student answers, from
 * all to the teacher to all to the student.
 *
 * @param points by growing share of the student; the first leaves everything to the teacher, the last nothing
 * @param best the quality, at each point's share, of a cascade that knew every score beforehand; without a student at all
 *     and with nothing but the student it is that of the point
 * @param separation the probability that an answer worth what is wanted has a higher confidence than one that is not: the
 *     area under the ROC curve, 0.5 for a guess and 1 for perfect; empty when all answers are of one kind
 */
public record CascadeCurve(List<CascadePoint> points, List<Double> best, OptionalDouble separation) {
    private static final int MOST_POINTS = 50;

    public CascadeCurve {
        points = List.copyOf(points);
        best = List.copyOf(best);
        if (points.isEmpty() || points.size() != best.size()) {
            throw new IllegalArgumentException("a curve needs points, and as many of the best cascade, but has "
                    + points.size() + " and " + best.size());
        }
    }

    static CascadeCurve of(Sample sample, double error) {
        var points = new ArrayList<CascadePoint>();
        points.add(sample.point(CascadeCalibration.ALL_TO_THE_TEACHER, error));
        sample.thresholds(MOST_POINTS).forEach(threshold -> points.add(sample.point(threshold, error)));
        return new CascadeCurve(points, best(sample, points), separation(sample));
    }

    private static List<Double> best(Sample sample, List<CascadePoint> points) {
        int[] rank = new int[sample.size()];
        int[] order = sample.bestOrder();
        IntStream.range(0, order.length).forEach(place -> rank[order[place]] = place);
        return points.stream()
                .map(point -> sample.quality((int i) -> rank[i] < point.local()))
                .toList();
    }

    /** The teacher alone. */
    public CascadePoint teacherAlone() {
        return points.get(0);
    }

    /** The student alone. */
    public CascadePoint studentAlone() {
        return points.get(points.size() - 1);
    }

    /** The quality of leaving this share to the student by chance. */
    public double byChance(double localShare) {
        double teacher = teacherAlone().quality().estimate();
        return teacher + localShare * (studentAlone().quality().estimate() - teacher);
    }

    /** The point nearest to a share of the student. */
    public CascadePoint at(double localShare) {
        return points.stream()
                .min(Comparator.comparingDouble(point -> Math.abs(point.localShare() - localShare)))
                .orElseThrow();
    }

    private static OptionalDouble separation(Sample sample) {
        return Separation.of(
                confidences(sample, true).toArray(), confidences(sample, false).toArray());
    }

    private static DoubleStream confidences(Sample sample, boolean good) {
        return IntStream.range(0, sample.size())
                .filter(i -> sample.isGood(i) == good)
                .mapToDouble(sample::confidence);
    }
}
