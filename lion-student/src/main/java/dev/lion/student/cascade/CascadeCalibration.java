package dev.lion.student.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * From which confidence on a student may answer in its teacher's place. The threshold is chosen on a random half of the
 * verdicts, and what it does is measured on the other half, which had no part in the choice.
 *
 * <p>The choice is the lowest threshold that is <em>shown</em> to keep the wanted quality. Thresholds are tested from the
 * highest confidence down, until the first that fails, so that the many tests need no allowance (fixed-sequence testing,
 * Angelopoulos et al., "Learn then Test", arXiv 2110.01052); each test holds for scores of any distribution. On requests
 * like those that were judged, the probability that the chosen threshold does not keep the quality is at most {@link
 * #ERROR}. Requests of another kind are not covered by any calibration.
 *
 * @param wanted the quality that was asked for
 * @param finding what came of it
 * @param threshold the student answers where its confidence is this or more; there when the finding is {@link
 *     Finding#REACHED}
 * @param chosenOn verdicts that the threshold was chosen on
 * @param needed the fewest verdicts that would show the quality of faultless answers, in that half
 * @param measured what the threshold does on the other half; there when there is a threshold
 * @param curve all that other thresholds do on the other half
 */
public record CascadeCalibration(
        WantedQuality wanted,
        Finding finding,
        OptionalDouble threshold,
        int chosenOn,
        int needed,
        Optional<CascadePoint> measured,
        CascadeCurve curve) {
    /** The probability with which a promise may fail: that of the threshold, and that of each interval. */
    public static final double ERROR = 0.05;

    /** A threshold that no confidence reaches. */
    static final double ALL_TO_THE_TEACHER = Math.nextUp(1.0);

    private static final int MOST_THRESHOLDS = 1000;
    private static final int FEWEST = 2;

    public CascadeCalibration {
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(finding, "finding");
        Objects.requireNonNull(curve, "curve");
        boolean reached = finding == Finding.REACHED;
        if (reached != threshold.isPresent() || reached != measured.isPresent()) {
            throw new IllegalArgumentException("a threshold and what it does are there when it is reached, and only"
                    + " then, but the finding is " + finding + " and the threshold " + threshold);
        }
    }

    /**
     * Finds the threshold. Equal verdicts and seeds give equal results.
     *
     * @param answers at least two, of independent instructions
     * @param seed of the split into halves
     */
    public static CascadeCalibration of(List<GradedAnswer> answers, WantedQuality wanted, long seed) {
        if (answers.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "a calibration needs at least two verdicts, one for each half, but got " + answers.size());
        }
        var shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, new Random(seed));
        int half = shuffled.size() / 2;
        var choosing = new Sample(wanted, shuffled.subList(0, half));
        var measuring = new Sample(wanted, shuffled.subList(half, shuffled.size()));
        var threshold = lowest(choosing, wanted);
        int needed = needed(wanted);
        var measured = threshold.stream()
                .mapToObj(found -> measuring.point(found, ERROR))
                .findFirst();
        return new CascadeCalibration(
                wanted,
                threshold.isPresent() ? Finding.REACHED : obstacle(choosing, wanted, needed),
                threshold,
                half,
                needed,
                measured,
                CascadeCurve.of(measuring, ERROR));
    }

    private static OptionalDouble lowest(Sample sample, WantedQuality wanted) {
        OptionalDouble lowest = OptionalDouble.empty();
        if (!sample.showsQualityAbove(wanted.share(), ALL_TO_THE_TEACHER, ERROR)) {
            return lowest;
        }
        for (double threshold : sample.thresholds(MOST_THRESHOLDS)) {
            if (!sample.showsQualityAbove(wanted.share(), threshold, ERROR)) {
                return lowest;
            }
            lowest = OptionalDouble.of(threshold);
        }
        return lowest;
    }

    private static Finding obstacle(Sample sample, WantedQuality wanted, int needed) {
        if (sample.quality(ALL_TO_THE_TEACHER) < wanted.share()) {
            return Finding.TEACHER_FALLS_SHORT;
        }
        return sample.size() < needed ? Finding.TOO_FEW_VERDICTS : Finding.NOT_REACHED;
    }

    private static int needed(WantedQuality wanted) {
        double slack = wanted.mostGain() - wanted.share() * wanted.mostYardstick();
        double least = wanted.leastGain() - wanted.share() * wanted.mostYardstick();
        double most = wanted.mostGain() - wanted.share() * wanted.leastYardstick();
        int count = 1;
        while (!BettingTest.showsMeanAbove(0, repeated(slack, count), Math.min(0, least), most, ERROR)) {
            count += 1 + count / 50;
        }
        return count;
    }

    private static double[] repeated(double value, int count) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    /** The finding in a sentence, with what to do where there is no threshold. */
    public String inWords() {
        return switch (finding) {
            case REACHED ->
                "From a confidence of " + String.format(Locale.ROOT, "%.4f", threshold.orElseThrow())
                        + " on the student answers, which " + chosenOn + " verdicts show to keep " + wanted + ".";
            case NOT_REACHED ->
                "No threshold is shown to keep " + wanted + " on " + chosenOn
                        + " verdicts. Ask for less, train the student further, or have more of its answers judged.";
            case TOO_FEW_VERDICTS ->
                "There are too few verdicts: the threshold is chosen on " + chosenOn + ", and to show " + wanted
                        + " takes at least " + needed + " even if no answer is at fault.";
            case TEACHER_FALLS_SHORT ->
                "The teacher alone does not reach " + wanted + ": its own answers come to "
                        + Percent.of(curve.teacherAlone().quality().estimate()) + ".";
        };
    }
}
