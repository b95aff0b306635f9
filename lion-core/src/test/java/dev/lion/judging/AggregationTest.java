package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregationTest {
    // advantages of the teacher in the two orders, and what becomes of them; NaN stands for discarded
    @ParameterizedTest
    @CsvSource({
        "4, 2, 3, 3, 3, false, false",
        "3, 0, 1.5, 0, 1.5, true, false",
        "5, -1, 2, 0, NaN, true, true",
        "-2, -1, -1.5, -1.5, -1.5, false, false",
        "0, 0, 0, 0, 0, false, false"
    })
    void gap_ofTwoOrders_isTakenAsTheRuleSays(
            double teacherFirst,
            double studentFirst,
            double mean,
            double agreeOrTie,
            double discardIfFlipped,
            boolean conflict,
            boolean flip) {
        assertThat(Aggregation.MEAN.gap(teacherFirst, studentFirst)).hasValue(mean);
        assertThat(Aggregation.AGREE_OR_TIE.gap(teacherFirst, studentFirst)).hasValue(agreeOrTie);
        assertThat(""
                        + Aggregation.DISCARD_IF_FLIPPED
                                .gap(teacherFirst, studentFirst)
                                .orElse(Double.NaN))
                .isEqualTo("" + discardIfFlipped);
        assertThat(Aggregation.TEACHER_FIRST.gap(teacherFirst, studentFirst)).hasValue(teacherFirst);
        assertThat(Aggregation.conflict(teacherFirst, studentFirst)).isEqualTo(conflict);
        assertThat(Aggregation.flip(teacherFirst, studentFirst)).isEqualTo(flip);
    }
}
