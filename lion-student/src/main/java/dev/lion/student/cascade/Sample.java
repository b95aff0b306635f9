package dev.lion.student.cascade;

import dev.lion.data.TokenUsage;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Graded answers in random order, and what any threshold makes of them. */
final class Sample {
    private static final int HALVINGS = 17;

    private final WantedQuality wanted;
    private final List<GradedAnswer> answers;
    private final double[] confidence;
    private final double[] student;
    private final double[] teacher;
    private final double[] yardstick;

    /** At least one answer, in an order that does not depend on what they are worth. */
    Sample(WantedQuality wanted, List<GradedAnswer> answers) {
        this.wanted = wanted;
        this.answers = List.copyOf(answers);
        this.confidence = answers.stream().mapToDouble(GradedAnswer::confidence).toArray();
        this.student =
                answers.stream().mapToDouble(a -> wanted.gain(a.student())).toArray();
        this.teacher =
                answers.stream().mapToDouble(a -> wanted.gain(a.teacher())).toArray();
        this.yardstick = answers.stream().mapToDouble(wanted::yardstick).toArray();
    }

    int size() {
        return confidence.length;
    }

    /** The confidences that occur, the highest first and the lowest last; thinned out evenly when there are more than {@code most}. */
    List<Double> thresholds(int most) {
        double[] all = Arrays.stream(confidence).distinct().sorted().toArray();
        int count = Math.min(most, all.length);
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> all[all.length - (int) ((long) i * all.length / count)])
                .toList();
    }

    /** The quality of what is answered when the student answers from a threshold on. */
    double quality(double threshold) {
        return quality(i -> confidence[i] >= threshold);
    }

    /** The quality of what is answered when the student answers these. */
    double quality(IntPredicate local) {
        double gained = IntStream.range(0, size())
                .mapToDouble(i -> local.test(i) ? student[i] : teacher[i])
                .sum();
        return gained / Arrays.stream(yardstick).sum();
    }

    /** The answers in the order in which a cascade that knew every score would leave them to the student. */
    int[] bestOrder() {
        return IntStream.range(0, size())
                .boxed()
                .sorted((a, b) -> Double.compare(student[b] - teacher[b], student[a] - teacher[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Whether a student's answer alone is worth what is wanted of all. */
    boolean isGood(int i) {
        return student[i] >= wanted.share() * yardstick[i];
    }

    double confidence(int i) {
        return confidence[i];
    }

    /** Whether the quality from a threshold on is shown to be above a share, but for this probability of an error. */
    boolean showsQualityAbove(double share, double threshold, double error) {
        double least = wanted.leastGain() - share * wanted.mostYardstick();
        double most = wanted.mostGain() - share * wanted.leastYardstick();
        return BettingTest.showsMeanAbove(0, slack(share, threshold, 1), Math.min(0, least), most, error);
    }

    private boolean showsQualityBelow(double share, double threshold, double error) {
        double least = share * wanted.leastYardstick() - wanted.mostGain();
        double most = share * wanted.mostYardstick() - wanted.leastGain();
        return BettingTest.showsMeanAbove(0, slack(share, threshold, -1), Math.min(0, least), most, error);
    }

    private double[] slack(double share, double threshold, int sign) {
        return IntStream.range(0, size())
                .mapToDouble(
                        i -> sign * ((confidence[i] >= threshold ? student[i] : teacher[i]) - share * yardstick[i]))
                .toArray();
    }

    /** What a threshold does, with the interval of all qualities that are not shown to be wrong at this error. */
    CascadePoint point(double threshold, double error) {
        var local = answers.stream().filter(a -> a.confidence() >= threshold).toList();
        var spared = local.stream().map(GradedAnswer::teacherUsage).reduce(TokenUsage.FREE, TokenUsage::plus);
        var quality = local.isEmpty() && wanted.bar().isEmpty()
                ? new QualityInterval(1, 1, 1) // the teacher's score over itself, whatever is drawn
                : interval(threshold, error);
        return new CascadePoint(threshold, size(), local.size(), quality, spared);
    }

    private QualityInterval interval(double threshold, double error) {
        double estimate = quality(threshold);
        double most = wanted.mostGain() / wanted.leastYardstick();
        double low = edge(0, estimate, share -> showsQualityAbove(share, threshold, error / 2));
        double high = edge(most, estimate, share -> showsQualityBelow(share, threshold, error / 2));
        return new QualityInterval(estimate, low, high);
    }

    // from outside towards the estimate, as far as what lies there is shown to be wrong
    private static double edge(double outside, double estimate, DoublePredicate isWrong) {
        double wrong = outside;
        double possible = estimate;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (wrong + possible) / 2;
            if (isWrong.test(middle)) {
                wrong = middle;
            } else {
                possible = middle;
            }
        }
        return wrong;
    }
}
