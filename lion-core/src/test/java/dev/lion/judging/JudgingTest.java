package dev.lion.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class JudgingTest {
    @Test
    void settings_ofThePaper_nameAllThatDecides() {
        assertThat(Judging.paper().settings())
                .containsExactly(
                        entry("judging.aggregation", "mean"),
                        entry("judging.secondOrder", "always"),
                        entry("judging.selection", "everything"));
    }

    @Test
    void settings_ofEveryChange_differ() {
        Judging frugal = Judging.frugal();
        assertThat(frugal.settings()).isNotEqualTo(Judging.paper().settings()).containsKey("judging.audit");
        assertThat(frugal.with(new Audit(50, 0.1)).settings()).isNotEqualTo(frugal.settings());
        assertThat(frugal.with(SecondOrder.whenOpen(0.1)).settings()).isNotEqualTo(frugal.settings());
        assertThat(frugal.with(Selection.stratified(0.1)).settings()).isNotEqualTo(frugal.settings());
        assertThat(frugal.with(Aggregation.AGREE_OR_TIE).settings()).isNotEqualTo(frugal.settings());
    }

    @Test
    void factories_outOfRange_sayWhatIsAllowed() {
        assertThatThrownBy(() -> Selection.stratified(1)).hasMessageContaining("use everything()");
        assertThatThrownBy(() -> Selection.likelyHard(Double.NaN)).hasMessageContaining("above 0 and below 1");
        assertThatThrownBy(() -> SecondOrder.whenOpen(0.6)).hasMessageContaining("at most hardFrom");
        assertThatThrownBy(() -> new Audit(0, 0.1)).hasMessageContaining("at least 1 instruction");
    }
}
