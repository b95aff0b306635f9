package dev.lion.student.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lion.cost.Price;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CascadeCalibrationTest {
    private static final WantedQuality MOST = WantedQuality.ofTeacher(0.95);

    @Test
    void of_confidenceThatKnowsWhatIsRight_leavesTheRightAnswersToTheStudent() {
        var calibration = CascadeCalibration.of(answers(1000, c -> c >= 0.4 ? 1 : 0), MOST, 1);

        assertThat(calibration.finding()).isEqualTo(Finding.REACHED);
        assertThat(calibration.curve().separation()).hasValue(1);
        // 60 % are right; to lose 5 % of the score, a few wrong ones may go along
        assertThat(calibration.threshold().orElseThrow()).isBetween(0.34, 0.4);
        assertThat(calibration.measured().orElseThrow().localShare()).isBetween(0.58, 0.68);
        assertThat(calibration.measured().orElseThrow().quality().low()).isGreaterThan(0.9);
    }

    @Test
    void of_confidenceThatKnowsNothing_leavesNoMoreToTheStudentThanMayBeLost() {
        var random = new SplittableRandom(5);
        var answers = IntStream.range(0, 4000)
                .mapToObj(i -> answer(random.nextDouble(), random.nextDouble() < 0.5 ? 10 : 1, 10))
                .toList();

        var calibration = CascadeCalibration.of(answers, MOST, 1);

        assertThat(calibration.curve().separation().orElseThrow()).isCloseTo(0.5, within(0.03));
        // half of what it answers costs 9 of 10 points: 0.05 / 0.45
        assertThat(calibration.measured().orElseThrow().localShare()).isBetween(0.04, 0.112);
    }

    @Test
    void of_confidenceThatIsWrongWhereItIsHigh_findsNothing() {
        var calibration = CascadeCalibration.of(answers(2000, c -> c > 0.9 ? 0 : 1), WantedQuality.ofTeacher(0.99), 1);

        assertThat(calibration.finding()).isEqualTo(Finding.REACHED);
        assertThat(calibration.measured().orElseThrow().localShare()).isLessThan(0.012);
    }

    @Test
    void of_allRight_leavesEverythingToTheStudent() {
        var answers = answers(400, c -> 1);

        var calibration = CascadeCalibration.of(answers, MOST, 1);

        assertThat(calibration.measured().orElseThrow().localShare()).isGreaterThan(0.98);
        assertThat(calibration.measured().orElseThrow().quality().estimate()).isEqualTo(1);
        assertThat(calibration.measured().orElseThrow().quality().low()).isBetween(0.95, 0.999);
        assertThat(calibration.curve().separation()).isEmpty();
    }

    @Test
    void of_allWrong_leavesLittleAndSaysWhatItCosts() {
        var calibration = CascadeCalibration.of(answers(400, c -> 0), MOST, 1);

        assertThat(calibration.curve().studentAlone().quality().estimate()).isCloseTo(0.1, within(1e-12));
        assertThat(calibration.curve().studentAlone().localShare()).isEqualTo(1);
        assertThat(calibration.measured().map(CascadePoint::localShare).orElse(0.0))
                .isLessThan(0.0556);
    }

    @Test
    void of_oneConfidenceForAll_takesAllOrNothing() {
        var good = IntStream.range(0, 400).mapToObj(i -> answer(0.5, 10, 10)).toList();
        var mixed = IntStream.range(0, 400)
                .mapToObj(i -> answer(0.5, i % 4 == 0 ? 1 : 10, 10))
                .toList();

        assertThat(CascadeCalibration.of(good, MOST, 1).threshold()).hasValue(0.5);
        assertThat(CascadeCalibration.of(mixed, MOST, 1).finding()).isEqualTo(Finding.NOT_REACHED);
        assertThat(CascadeCalibration.of(mixed, MOST, 1).curve().separation()).hasValue(0.5);
        assertThat(CascadeCalibration.of(mixed, MOST, 1).inWords()).contains("No threshold", "95% of the teacher's");
    }

    @Test
    void of_tooFewVerdicts_saysHowManyItTakes() {
        var calibration = CascadeCalibration.of(answers(60, c -> 1), MOST, 1);

        assertThat(calibration.finding()).isEqualTo(Finding.TOO_FEW_VERDICTS);
        assertThat(calibration.inWords()).contains("chosen on 30", "at least " + calibration.needed());
        assertThat(calibration.needed()).isBetween(59, 100);
        assertThat(CascadeCalibration.of(answers(2 * calibration.needed(), c -> 1), MOST, 1)
                        .finding())
                .isEqualTo(Finding.REACHED);
    }

    @Test
    void of_teacherBelowWhatIsWanted_saysSo() {
        var answers = IntStream.range(0, 400)
                .mapToObj(i -> answer(i / 400.0, 8, i % 5 == 0 ? 5 : 8))
                .toList();

        var calibration = CascadeCalibration.of(answers, WantedQuality.accepted(0.9, 7), 1);

        assertThat(calibration.finding()).isEqualTo(Finding.TEACHER_FALLS_SHORT);
        assertThat(calibration.inWords()).contains("teacher alone does not reach 90% of the answers");
    }

    @Test
    void of_promise_failsAsSeldomAsPromised() {
        var random = new SplittableRandom(11);
        int trials = 300;
        int broken = 0;
        int outside = 0;
        double sum = 0;
        for (int trial = 0; trial < trials; trial++) {
            var calibration = CascadeCalibration.of(
                    drawn(random, 400, c -> 0.6 + 0.4 * c), WantedQuality.accepted(0.95, 10), trial);
            double threshold = calibration.threshold().orElse(1);
            double truth = 1 - 0.2 * (1 - threshold) * (1 - threshold);
            broken += truth < 0.95 ? 1 : 0;
            outside += calibration
                            .measured()
                            .filter(point -> truth < point.quality().low()
                                    || truth > point.quality().high())
                            .isPresent()
                    ? 1
                    : 0;
            sum += 1 - threshold;
        }

        // the best threshold is 0.5; 5 % of 300 are 15
        assertThat(broken).isLessThanOrEqualTo(15);
        assertThat(outside).isLessThanOrEqualTo(15);
        assertThat(sum / trials).isBetween(0.25, 0.5);
    }

    @Test
    void curve_anyPoint_isWhatCountingGives() {
        var answers = drawn(new SplittableRandom(3), 90, c -> c).stream()
                .map(a -> answer(Math.round(a.confidence() * 20) / 20.0, a.student(), 7))
                .toList();
        var sample = new Sample(MOST, answers);

        var curve = CascadeCurve.of(sample, 0.05);

        for (CascadePoint point : curve.points()) {
            double gained = 0;
            int local = 0;
            for (GradedAnswer answer : answers) {
                boolean isLocal = answer.confidence() >= point.threshold();
                gained += isLocal ? answer.student() : 7;
                local += isLocal ? 1 : 0;
            }
            assertThat(point.local()).isEqualTo(local);
            assertThat(point.quality().estimate()).isCloseTo(gained / (7 * 90), within(1e-12));
        }
        assertThat(curve.points()).hasSizeBetween(15, 22).isSortedAccordingTo((a, b) -> a.local() - b.local());
        assertThat(curve.separation().orElseThrow()).isCloseTo(pairsInOrder(answers), within(1e-12));
    }

    private static double pairsInOrder(List<GradedAnswer> answers) {
        double wins = 0;
        int pairs = 0;
        for (GradedAnswer good : answers) {
            for (GradedAnswer bad : answers) {
                if (good.student() >= 0.95 * 7 && bad.student() < 0.95 * 7) {
                    pairs++;
                    wins += good.confidence() > bad.confidence() ? 1 : good.confidence() == bad.confidence() ? 0.5 : 0;
                }
            }
        }
        return wins / pairs;
    }

    @Test
    void best_anyShare_isTheBestOfAllChoices() {
        var random = new SplittableRandom(8);
        var answers = IntStream.range(0, 10)
                .mapToObj(i -> answer(random.nextDouble(), random.nextInt(1, 11), random.nextInt(1, 11)))
                .toList();

        var curve = CascadeCurve.of(new Sample(MOST, answers), 0.05);

        for (int at = 0; at < curve.points().size(); at++) {
            int local = curve.points().get(at).local();
            double best = IntStream.range(0, 1 << 10)
                    .filter(choice -> Integer.bitCount(choice) == local)
                    .mapToDouble(choice -> new Sample(MOST, answers).quality((int i) -> (choice >> i & 1) == 1))
                    .max()
                    .orElseThrow();
            assertThat(curve.best().get(at)).isCloseTo(best, within(1e-12));
        }
    }

    @Test
    void savedPerThousand_localAnswers_costsWhatTheTeacherWouldHaveTaken() {
        var answers = IntStream.range(0, 400)
                .mapToObj(i -> new GradedAnswer(i < 100 ? 0.2 : 0.9, i < 100 ? 1 : 10, 10, new TokenUsage(100, 20)))
                .toList();

        var curve = CascadeCurve.of(new Sample(MOST, answers), 0.05);

        // 750 of 1000 requests at (100 * 1 + 20 * 4) dollars a million
        assertThat(curve.points().get(1).savedPerThousand(Price.perMillionTokens(1, 4)))
                .isEqualTo(Money.ofDollars(0.135));
        assertThat(List.of(0.0, 0.0002, 0.01, 0.0131, 0.0995, 1.0, 200.0).stream()
                        .map(dollars ->
                                curve.studentAlone().savedPerThousandInWords(Price.perMillionTokens(dollars / 0.1, 0))))
                .containsExactly("$0.00", "$0.0002", "$0.01", "$0.013", "$0.10", "$1.00", "$200.00");
    }

    @Test
    void note_intervalBeyondTheTeacher_isExplained() {
        var best = CascadeCalibration.of(answers(400, c -> 1), MOST, 1);
        var accepted = CascadeCalibration.of(answers(400, c -> 1), WantedQuality.accepted(0.9, 7), 1);

        assertThat(CascadePage.note(best).orElseThrow()).contains("beyond 100%", "better than the teacher's");
        assertThat(CascadePage.of(best, "student", Optional.empty()).lead()).contains("beyond 100%");
        assertThat(CascadePage.note(accepted)).isEmpty();
    }

    @Test
    void of_sameSeed_givesTheSame() {
        var answers = drawn(new SplittableRandom(4), 300, c -> c);

        assertThat(CascadeCalibration.of(answers, MOST, 7)).isEqualTo(CascadeCalibration.of(answers, MOST, 7));
    }

    @Test
    void of_whatCannotBe_isRefused() {
        assertThatThrownBy(() -> answer(Double.NaN, 1, 1))
                .hasMessageContaining("confidence")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> answer(1.01, 1, 1)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> answer(1, Double.NaN, 1)).hasMessageContaining("student's score");
        assertThatThrownBy(() -> answer(1, 1, 0)).hasMessageContaining("teacher's score");
        assertThatThrownBy(() -> WantedQuality.ofTeacher(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> WantedQuality.ofTeacher(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> WantedQuality.accepted(0.9, 11)).hasMessageContaining("at most 10");
        assertThatThrownBy(() -> CascadeCalibration.of(List.of(answer(1, 1, 1)), MOST, 1))
                .hasMessageContaining("at least two");
    }

    /** Confidences evenly from 0 to 1, each answer right when the rule says so. */
    private static List<GradedAnswer> answers(int count, DoubleUnaryOperator right) {
        var answers = new ArrayList<GradedAnswer>();
        for (int i = 0; i < count; i++) {
            double confidence = (double) i / count;
            answers.add(answer(confidence, right.applyAsDouble(confidence) > 0 ? 10 : 1, 10));
        }
        return answers;
    }

    /** Uniform confidences, each answer right with the probability of the rule; the teacher is always right. */
    private static List<GradedAnswer> drawn(SplittableRandom random, int count, DoubleUnaryOperator right) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double confidence = random.nextDouble();
                    return answer(confidence, random.nextDouble() < right.applyAsDouble(confidence) ? 10 : 1, 10);
                })
                .toList();
    }

    private static GradedAnswer answer(double confidence, double student, double teacher) {
        return new GradedAnswer(confidence, student, teacher, TokenUsage.NONE);
    }
}
