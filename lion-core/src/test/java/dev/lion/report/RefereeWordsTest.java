package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefereeWordsTest {
    @Test
    void of_fullJudging_tellsWhatTheOrderDid() {
        ReportData data = ReportFixture.seeded(5).iterations(2, 2).build();
        assertThat(RefereeWords.of(data.judgedIterations()).orElseThrow())
                .startsWith("In iteration 2 the outcome changed with the order of the answers on ")
                .contains("the answer shown first gained +0.31 points on average.")
                .doesNotContain("Over the run");
    }

    @Test
    void of_savedCalls_tellsWhatWasSavedAndWhatItCost() {
        ReportData data = ReportFixture.seeded(5).iterations(2, 2).saved().build();
        assertThat(RefereeWords.of(data.judgedIterations()).orElseThrow())
                .contains("questions that full judging takes (50%)")
                .contains("about 95% (90% to 97%) of the instructions that full judging would call hard were found")
                .contains("about 88% (80% to 93%) of the hard part");
    }

    @Test
    void html_savedCalls_showsEveryFigure() {
        String html = HtmlReport.of(
                        ReportFixture.seeded(5).iterations(2, 2).saved().build())
                .html();
        assertThat(html)
                .contains(
                        "Calls saved", "Hard found, estimated", "95% (90% to 97%)", "Decided otherwise by both orders")
                .contains("of all instructions, as estimated; gap of 1.0 or more");
        assertThat(HtmlReport.of(ReportFixture.seeded(5).iterations(2, 2).build())
                        .html())
                .contains("Referee calls", "Winner changed with the order")
                .doesNotContain("Calls saved");
    }
}
