package dev.lion.jury;

import dev.lion.data.AnswerOrder;
import dev.lion.data.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How far the jurors agree, over verdicts that several gave scores for. A juror's gap is the teacher's score minus the
 * student's, from −9 to 9. Computed from {@linkplain BallotLine what is kept of each verdict}, so it is the same for a run that
 * was resumed.
 *
 * @param verdicts verdicts with the scores of two jurors or more; 0 when nobody was asked twice, and then the rest is empty
 * @param pairs pairs of jurors who both scored the same comparison, over all verdicts
 * @param sameWinner the share of pairs whose gaps have the same sign: both prefer the same answer, or both neither
 * @param unanimous the share of verdicts in which all jurors' gaps have the same sign
 * @param gapDifference the mean over pairs of the absolute difference of their gaps, from 0 to 18
 * @param alpha Krippendorff's alpha of the gaps for interval data, {@code 1 − Do/De}: Do is the mean over all gaps of the mean
 *     squared difference to the other jurors' gaps in the same verdict, De the mean squared difference of any two gaps. 1 is
 *     perfect agreement, 0 what chance gives, 0.8 is commonly asked for, 0.667 the least for tentative conclusions; empty when
 *     all gaps are equal, too
 */
public record Agreement(
        int verdicts,
        long pairs,
        OptionalDouble sameWinner,
        OptionalDouble unanimous,
        OptionalDouble gapDifference,
        OptionalDouble alpha) {

    /** The agreement among those who judged, in both orders; each judgement is looked at once. */
    public static Agreement of(Iterable<Judgement> judgements) {
        Sums sums = new Sums();
        for (Judgement judgement : judgements) {
            for (AnswerOrder order : AnswerOrder.values()) {
                judgement.scored(order).flatMap(BallotLine::read).ifPresent(line -> sums.add(gaps(line, order)));
            }
        }
        return sums.agreement();
    }

    private static double[] gaps(BallotLine line, AnswerOrder order) {
        double sign = order == AnswerOrder.TEACHER_FIRST ? 1 : -1;
        return line.scores().values().stream()
                .mapToDouble(scores -> sign * scores.gap())
                .toArray();
    }

    /** The agreement of values, one array for each thing that was valued. */
    static Agreement ofGaps(List<double[]> gaps) {
        Sums sums = new Sums();
        gaps.forEach(sums::add);
        return sums.agreement();
    }

    /** What is counted; constant memory. */
    private static final class Sums {
        private int units;
        private int unanimous;
        private long pairs;
        private long samePairs;
        private double difference;
        private long values;
        private double sum;
        private double squares;
        private double observed;

        void add(double[] gaps) {
            int jurors = gaps.length;
            if (jurors < 2) {
                return;
            }
            units++;
            values += jurors;
            long sameBefore = samePairs;
            double inside = 0;
            for (int i = 0; i < jurors; i++) {
                sum += gaps[i];
                squares += gaps[i] * gaps[i];
                for (int j = 0; j < i; j++) {
                    double apart = gaps[i] - gaps[j];
                    inside += apart * apart;
                    difference += Math.abs(apart);
                    samePairs += Math.signum(gaps[i]) == Math.signum(gaps[j]) ? 1 : 0;
                }
            }
            long here = (long) jurors * (jurors - 1) / 2;
            pairs += here;
            unanimous += samePairs - sameBefore == here ? 1 : 0;
            observed += 2 * inside / (jurors - 1);
        }

        Agreement agreement() {
            return new Agreement(
                    units,
                    pairs,
                    share((double) samePairs, pairs),
                    share(unanimous, units),
                    share(difference, pairs),
                    alpha());
        }

        private static OptionalDouble share(double part, long whole) {
            return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
        }

        private OptionalDouble alpha() {
            double n = (double) values;
            double expected = 2 * (n * squares - sum * sum) / (n - 1);
            return values < 2 || expected <= 1e-9 ? OptionalDouble.empty() : OptionalDouble.of(1 - observed / expected);
        }
    }

    /** A few lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d verdicts of two jurors or more, %d pairs of jurors".formatted(verdicts, pairs));
        sameWinner.ifPresent(share -> lines.add(format("pairs that agree on the winner   %5.1f %%", 100 * share)));
        unanimous.ifPresent(share -> lines.add(format("verdicts without dissent         %5.1f %%", 100 * share)));
        gapDifference.ifPresent(points -> lines.add(format("mean difference of their gaps    %5.2f points", points)));
        alpha.ifPresent(value -> lines.add(format("Krippendorff's alpha of the gaps %5.2f", value)));
        return lines;
    }

    private static String format(String text, double value) {
        return String.format(Locale.ROOT, text, value);
    }
}
