package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Amount;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostSectionTest {
    private static final Purpose TEACHING = new Purpose(0, Stage.IMITATION, PaidRole.TEACHER);
    private static final Purpose JUDGING = new Purpose(1, Stage.DISCRIMINATION, PaidRole.REFEREE);

    private static final Purpose TEACHING_LATE = new Purpose(1, Stage.DISCRIMINATION, PaidRole.TEACHER);
    private static final Purpose JUDGING_LATER = new Purpose(2, Stage.DISCRIMINATION, PaidRole.REFEREE);

    private static Amount amount(long calls, long input, long output, double dollars) {
        return new Amount(calls, new TokenUsage(input, output), Optional.of(Money.ofDollars(dollars)));
    }

    @Test
    void html_spending_isShownByIterationStageAndRoleBesideTheEstimate() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1)
                .spending(
                        SpendingEntry.estimated(TEACHING, amount(60, 9_000, 15_000, 0.08)),
                        SpendingEntry.spent(TEACHING, amount(64, 10_000, 12_345, 0.0714)),
                        SpendingEntry.spent(JUDGING, amount(128, 90_000, 20_000, 1.2)),
                        SpendingEntry.spent(TEACHING_LATE, amount(3, 30, 40, 0.01)),
                        SpendingEntry.spent(JUDGING_LATER, amount(30, 9_000, 2_000, 0.3)),
                        SpendingEntry.spent(JUDGING_LATER, amount(2, 0, 0, 0).asFailed()))
                .build());
        assertThat(page.texts("//section[@id='cost']//tr[th='Iteration 0, imitation, teacher']/td"))
                .containsExactly("64", "0", "10,000", "12,345", "$0.07", "60", "$0.08");
        assertThat(page.texts("//section[@id='cost']//tr[th='All']/td"))
                .containsExactly("227", "2", "109,030", "34,385", "$1.58", "60", "$0.08");
        assertThat(page.texts("//section[@id='cost']//tr[th='All of the teacher in imitation']/td"))
                .containsExactly("64", "0", "10,000", "12,345", "$0.07", "60", "$0.08");
        assertThat(page.texts("//section[@id='cost']//tr[th='All of the teacher']/td"))
                .containsExactly("67", "0", "10,030", "12,385", "$0.08", "60", "$0.08");
        assertThat(page.texts("//section[@id='cost']//tr[th='All of the referee']/td"))
                .containsExactly("160", "2", "99,000", "22,000", "$1.50", "\u2013", "\u2013");
        assertThat(page.all("//section[@id='cost']//tr[th='All of the referee in discrimination']"))
                .isEmpty();
        assertThat(page.texts("//section[@id='cost']//tr[th='All of the generator']/td"))
                .containsExactly("0", "0", "0", "0", "\u2013", "\u2013", "\u2013");
        assertThat(page.all("//nav/a[@href='#cost']")).hasSize(1);
        assertThat(page.all("//section[@id='cost']/p[@class='note']")).isEmpty();
    }

    @Test
    void html_tokensWithoutAPrice_areSaidToBeLeftOut() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1)
                .spending(SpendingEntry.spent(TEACHING, new Amount(1, new TokenUsage(400, 600), Optional.empty())))
                .build());
        assertThat(page.text("//section[@id='cost']/p[@class='note']"))
                .isEqualTo("No price was known for 1,000 tokens, so their cost is not included.");
    }

    @Test
    void html_nothingSpent_hasNoSuchSection() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).build());
        assertThat(page.all("//section[@id='cost']")).isEmpty();
        assertThat(page.all("//nav/a[@href='#cost']")).isEmpty();
    }
}
