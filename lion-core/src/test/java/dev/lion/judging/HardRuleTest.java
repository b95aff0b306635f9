package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HardRuleTest {
    private static final double[] GAPS = {-1, 0, 0, 0.5, 1, 1, 1, 2, 3, 4};

    @Test
    void gap_aboutTheThreshold_isHardFromItOn() {
        GapRange range = HardRule.gap(1).range(GAPS);
        assertThat(range.contains(0.999)).isFalse();
        assertThat(range.contains(1)).isTrue();
        assertThat(range.contains(9)).isTrue();
    }

    @Test
    void topShare_noTies_isTheWidestGaps() {
        GapRange range = HardRule.topShare(0.3).range(GAPS);
        assertThat(range.contains(1)).isFalse();
        assertThat(range.contains(2)).isTrue();
    }

    @Test
    void topShare_tiedAtTheNarrowest_takesAllOfThem() {
        GapRange range = HardRule.topShare(0.4).range(GAPS);
        assertThat(range.contains(1)).isTrue();
        assertThat(range.contains(0.5)).isFalse();
    }

    @Test
    void topShare_noGaps_isFromZero() {
        assertThat(HardRule.topShare(0.4).range(new double[0])).isEqualTo(GapRange.from(0));
    }

    @Test
    void band_atItsEnds_holdsTheLowerOnly() {
        GapRange range = HardRule.band(-0.5, 0.5).range(GAPS);
        assertThat(range.contains(-0.5)).isTrue();
        assertThat(range.contains(0.49)).isTrue();
        assertThat(range.contains(0.5)).isFalse();
        assertThat(range.contains(-0.51)).isFalse();
    }

    @Test
    void description_ofEachRule_namesItsSettings() {
        assertThat(HardRule.gap(1.5).description()).isEqualTo("gap of 1.5 or more");
        assertThat(HardRule.topShare(0.3).description()).isEqualTo("widest 0.3 of gaps");
        assertThat(HardRule.band(-0.5, 0.5).description()).isEqualTo("gap from -0.5 to below 0.5");
    }

    @Test
    void factories_outOfRange_sayWhatIsAllowed() {
        assertThatThrownBy(() -> HardRule.gap(9.5)).hasMessageContaining("from -9 to 9, but is 9.5");
        assertThatThrownBy(() -> HardRule.topShare(1)).hasMessageContaining("above 0 and below 1");
        assertThatThrownBy(() -> HardRule.band(1, 1)).hasMessageContaining("below its end");
        assertThatThrownBy(() -> HardRule.band(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
