package dev.lion.jury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lion.data.Judgement;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementTest {
    /**
     * Four observers, twelve units, a dot where one did not look: the example of Krippendorff, "Computing Krippendorff's
     * alpha-reliability" (2011), section C. There alpha for interval data is 0.849.
     */
    private static final List<String> PUBLISHED = List.of(
            "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .");

    @Test
    void alpha_publishedExample_isThePublishedValue() {
        List<double[]> units = IntStream.range(0, 12)
                .mapToObj(unit -> PUBLISHED.stream()
                        .map(observer -> observer.split(" ", -1)[unit])
                        .filter(value -> !value.equals("."))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();

        assertThat(Agreement.ofGaps(units).alpha().orElseThrow()).isCloseTo(0.849, within(0.0005));
    }

    @Test
    void ofGaps_threeUnits_countsPairsAndDissent() {
        Agreement agreement = Agreement.ofGaps(
                List.of(new double[] {1, 2}, new double[] {3, 0, -1}, new double[] {0, 0}, new double[] {5}));

        assertThat(agreement.verdicts()).isEqualTo(3);
        assertThat(agreement.pairs()).isEqualTo(5);
        assertThat(agreement.sameWinner()).hasValue(2 / 5.0);
        assertThat(agreement.unanimous()).hasValue(2 / 3.0);
        assertThat(agreement.gapDifference()).hasValue((1 + 3 + 4 + 1 + 0) / 5.0);
        assertThat(agreement.lines()).hasSize(5).contains("pairs that agree on the winner    40.0 %");
    }

    @Test
    void ofGaps_nobodyAskedTwice_isEmpty() {
        Agreement agreement = Agreement.ofGaps(List.of(new double[] {1}, new double[] {}));

        assertThat(agreement.verdicts()).isZero();
        assertThat(List.of(agreement.sameWinner(), agreement.unanimous(), agreement.gapDifference(), agreement.alpha()))
                .allMatch(figure -> figure.isEmpty());
        assertThat(agreement.lines()).hasSize(1);
    }

    @Test
    void ofGaps_allEqual_hasNoAlpha() {
        assertThat(Agreement.ofGaps(List.of(new double[] {2, 2}, new double[] {2, 2}))
                        .alpha())
                .isEmpty();
    }

    @Test
    void of_judgementsInBothOrders_takesTheTeachersAdvantage() {
        Verdict teacherFirst = verdict("[ballots a=8:5 b=7:5]\n\na: clear\n\nb: clear");
        Verdict studentFirst = verdict("[ballots a=5:8 b=-]\n\na: clear");
        Verdict exchanged = verdict("[ballots a=5:8 b=6:8]\n\na: clear");
        Verdict single = verdict("One referee's words.");

        Agreement agreement = Agreement.of(Stream.of(
                        List.of(teacherFirst, studentFirst),
                        List.of(single, exchanged),
                        List.of(teacherFirst, exchanged))
                .map(AgreementTest::judgement)
                .toList());

        assertThat(agreement.verdicts()).isEqualTo(4);
        assertThat(agreement.gapDifference()).hasValue(1);
        assertThat(agreement.sameWinner()).hasValue(1);
        assertThat(agreement.alpha().orElseThrow())
                .isEqualTo(Agreement.ofGaps(Arrays.asList(
                                new double[] {3, 2}, new double[] {3, 2}, new double[] {3, 2}, new double[] {3, 2}))
                        .alpha()
                        .orElseThrow());
    }

    private static Verdict verdict(String evidence) {
        return new Verdict.Scored(5, 5, evidence, TokenUsage.NONE);
    }

    private static Judgement judgement(List<Verdict> verdicts) {
        return new Judgement("id", Optional.of(verdicts.get(0)), Optional.of(verdicts.get(1)), Optional.empty());
    }
}
