package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says when the run's student is not the last one, and when the run ended early. */
class KeptStudentTest {
    private static Xhtml page(ReportFixture fixture) throws Exception {
        return Xhtml.of(fixture.build());
    }

    @Test
    void html_rolledBack_speaksOfTheStudentThatWasKept() throws Exception {
        String lastOfShorter = page(ReportFixture.seeded(1).iterations(2, 2)).text("//h1");
        Xhtml rolledBack = page(ReportFixture.seeded(1).best(2));
        assertThat(rolledBack.text("//h1")).isEqualTo(lastOfShorter);
        assertThat(rolledBack.text("//p[@class='support']"))
                .contains("The student of iteration 3 was set aside; the run\u2019s student is that of iteration 2.");
    }

    @Test
    void html_rolledBack_ranksTheTasksOfTheStudentThatWasKept() throws Exception {
        List<String> ofShorter = page(ReportFixture.seeded(1).iterations(2, 2)).texts("//ol[@class='ranking']/li");
        Xhtml rolledBack = page(ReportFixture.seeded(1).best(2));
        assertThat(rolledBack.texts("//ol[@class='ranking']/li")).isEqualTo(ofShorter);
        assertThat(rolledBack.text("//section[@id='accuracy']")).contains("after iteration 2");
        assertThat(rolledBack.texts("//table[@class='heat']/thead/tr/th"))
                .containsExactly("Task", "0", "1", "2", "3", "Change");
    }

    @Test
    void html_rolledBack_countsWhichStudentWasKept() throws Exception {
        String row = "//section[@id='counts']//tr[th='Student kept, of iteration']/td";
        assertThat(page(ReportFixture.seeded(1).best(2)).texts(row)).containsExactly("0", "1", "2", "2");
        assertThat(page(ReportFixture.seeded(1)).texts(row)).isEmpty();
    }

    @Test
    void html_endedEarly_saysSoAndWhy() throws Exception {
        Xhtml page = page(ReportFixture.seeded(1).endedEarly("the hard share is on a plateau"));
        assertThat(page.text("//span[contains(@class, 'state')]"))
                .isEqualTo("3 iterations finished \u00b7 ended early");
        assertThat(page.texts("//p[@class='support']"))
                .last()
                .isEqualTo("The run ended early: the hard share is on a plateau.");
    }

    @Test
    void html_hostileReason_isShownAsText() throws Exception {
        Xhtml page = page(Hostile.run().endedEarly("enough"));
        assertThat(page.text("/html/body")).contains(Hostile.seen("enough"));
    }
}
