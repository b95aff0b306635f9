package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Amount;
import dev.lion.data.Instruction;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.data.TokenUsage;
import dev.lion.run.Purpose;
import dev.lion.run.Spending;
import dev.lion.run.SpendingEntry;
import dev.lion.run.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "puzzle-desk",
                "hardRule",
                "0.7",
                "arithmetic",
                "near-duplicate of the pool",
                "seed",
                "input",
                "child",
                "teacher",
                "student",
                "One assistant shows its steps and reaches the right result; the other states a result that does not follow."
            })
    void html_hostileTextInAnyPlace_isShownAsText(String place) throws Exception {
        Xhtml page = Xhtml.of(Hostile.run().build());
        assertThat(page.text("/html/body")).contains(Hostile.seen(place));
    }

    @Test
    void html_studentLearntFromPreferences_drawsTheirLossApartAndCountsThem() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).preferring().build());
        assertThat(page.text("//section[@id='loss']/p[@class='note']"))
                .isEqualTo("Behind each imitation, the loss on preferences of the teacher\u2019s answers:");
        assertThat(page.text("//*[@id='loss-wide-d']")).contains("over 120 steps. Iteration 1: ");
        assertThat(page.text("//*[@id='preference-loss-wide-d']"))
                .startsWith("Iteration 1: ")
                .contains("over 30 steps");
        assertThat(page.texts("//section[@id='counts']//tr[th='Preferences trained on']/td"))
                .startsWith("\u2013", "41", "42");
        assertThat(Xhtml.of(ReportFixture.seeded(1).build()).texts("//tr[th='Preferences trained on']"))
                .isEmpty();
    }

    @Test
    void html_sample_showsScoresInBothOrdersAndWhatCameLater() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).missing(0).build());
        String card = "//article[.//li[@class='easy']][1]";
        assertThat(page.texts(card + "//div[@class='answer teacher']/p[@class='words']"))
                .isNotEmpty()
                .allSatisfy(words -> assertThat(words).matches("shown first \\d+, shown second \\d+"));
        assertThat(page.texts(card + "//ol[@class='trail']/li").get(0)).matches("it\\. 1 \u00b7 gap [\\d.]+, hard");
        assertThat(page.texts(card + "//div[@class='answer student']/details/summary")
                        .get(0))
                .matches("Its answer in iteration 3, score [\\d.]+");
    }

    @Test
    void html_threeIterations_saysWhatHappenedFirst() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).build());
        assertThat(page.text("//h1"))
                .matches("The student\u2019s accuracy on held\u2011out items rose from [\\d.]+% to [\\d.]+%\\.");
        assertThat(page.texts("//div[starts-with(@class, 'tile')]/p[@class='name']"))
                .containsExactly("Accuracy", "Hard share", "Score gap", "Instructions", "Teacher answers", "Time");
        assertThat(page.text("//span[contains(@class, 'state')]")).isEqualTo("3 iterations finished");
    }

    @Test
    void html_stepsWithGradientNorms_saysTheirMedianAndHighest() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).build());
        assertThat(page.texts("//section[@id='counts']//tr[th='Gradient norm, median and highest']/td"))
                .isNotEmpty()
                .allMatch(norms -> norms.equals("0.41, 30.40") || norms.equals("0.40, 30.40"));
    }

    @Test
    void html_seedsOnly_saysThatNothingWasJudged() throws Exception {
        Xhtml page = Xhtml.of(
                ReportFixture.seeded(1).iterations(0, 3).withoutEvaluation().build());
        assertThat(page.text("//h1"))
                .isEqualTo("The student has imitated 57 answers of its teacher and has not been judged yet.");
        assertThat(page.text("//span[contains(@class, 'state')]"))
                .isEqualTo("0 iterations finished \u00b7 iteration 1 under way");
        assertThat(page.texts("//p[@class='note']"))
                .containsExactly(
                        "No instruction has both scores yet.",
                        "This run has no evaluation.",
                        "No instruction has been judged yet.",
                        "No instruction has been judged yet.",
                        "No instruction has been generated yet.");
    }

    @Test
    void html_nothingFinished_saysSo() throws Exception {
        ReportData data = new ReportData(
                "new",
                OptionalInt.of(0),
                Optional.empty(),
                List.of(),
                "gap of 1.0 or more",
                List.of(),
                List.of(),
                List.of(),
                Spending.of(List.of()),
                List.of(Instruction.of("Add 2 and 3.")),
                new HeldTexts(Map.of(), i -> List.of(), i -> Map.of()),
                instruction -> Optional.empty());
        Xhtml page = Xhtml.of(data);
        assertThat(page.text("//h1")).startsWith("Nothing is finished yet");
        assertThat(page.texts("//p[@class='note']")).hasSize(9);
    }

    @Test
    void html_samplesToSearch_areFoldedAndSayWhereTheOthersAre() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).families().seeds(400).build());
        String list = "//section[@id='search']//details[@data-item]";
        assertThat(page.all(list)).hasSize(240).allSatisfy(entry -> {
            assertThat(entry.hasAttribute("open")).isFalse();
            assertThat(entry.getAttribute("data-iteration")).matches("[123]");
            assertThat(entry.getAttribute("data-family")).startsWith("family of ");
            boolean hard = Double.parseDouble(entry.getAttribute("data-gap")) >= 1;
            assertThat(entry.getAttribute("data-difficulty")).isEqualTo(hard ? "hard" : "easy");
        });
        assertThat(page.text("//section[@id='search']/p[@class='note']"))
                .matches("Here are 240 of \\d+ judged instructions\\. All are in the run.*verdicts\\.jsonl\\.");
        assertThat(page.texts(list + "//ol[@class='line-of-descent']/li[1]/span"))
                .allMatch(words -> words.startsWith("seed \u00b7 "));
        assertThat(page.all("//div[@class='controls' and @hidden]")).hasSize(1);
    }

    @Test
    void html_longTexts_boundTheSamplesOnThePage() throws Exception {
        String html = HtmlReport.of(ReportFixture.seeded(1)
                        .seeds(400)
                        .words(text -> text.length() > 60 ? text.repeat(200) : text)
                        .build())
                .html();
        assertThat(html.length()).isLessThan(4_000_000);
        assertThat(Xhtml.parse(html).all("//details[@data-item]")).hasSizeBetween(20, 100);
    }

    @Test
    void html_familiesKnown_showsTheirHardShareByIteration() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).families().build());
        String table = "//section[@id='gap']//table[@class='heat']";
        assertThat(page.texts(table + "//th[@scope='col']")).containsExactly("Family", "1", "2", "3");
        assertThat(page.texts(table + "//th[@scope='row']"))
                .contains("family of Which")
                .isSorted();
        assertThat(page.texts(table + "//td")).allMatch(text -> text.matches("\\d+%|\u2013"));
        assertThat(Xhtml.of(ReportFixture.seeded(1).build()).all(table)).isEmpty();
    }

    @Test
    void html_judgedTwiceOrMore_spreadsTheGapsOfTheSameInstructionsBeforeAndAfter() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1).missing(0).build());
        assertThat(page.text("//*[@id='spread-chart-d']")).matches("iteration 1: gap .*; iteration 3: gap .*%");
        assertThat(page.all("//*[@class='column before']")).isNotEmpty();
        assertThat(page.all("//*[@class='column after']")).isNotEmpty();
        Xhtml once = Xhtml.of(ReportFixture.seeded(1).iterations(1, 1).build());
        assertThat(once.all("//*[@class='column before']")).isNotEmpty();
        assertThat(once.all("//*[@class='column after']")).isEmpty();
    }

    @Test
    void html_callsWerePaid_saysWhatTheyTookFirst() throws Exception {
        Purpose purpose = new Purpose(1, Stage.DISCRIMINATION, PaidRole.REFEREE);
        Amount amount = new Amount(1200, TokenUsage.NONE, Optional.of(Money.ofDollars(3.5)));
        Xhtml page = Xhtml.of(ReportFixture.seeded(1)
                .spending(SpendingEntry.spent(purpose, amount))
                .build());
        assertThat(page.texts("//div[@class='tile' and p='Cost']/p"))
                .containsExactly("Cost", Money.ofDollars(3.5).toString(), "1,200 calls");
    }

    @Test
    void html_studentAheadOfItsTeacher_isNotSaidToLag() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(6)
                .iterations(1, 1)
                .lag(-4)
                .withoutEvaluation()
                .build());
        assertThat(page.text("//h1")).contains("points ahead of its teacher");
        assertThat(page.text("//section[@id='samples']"))
                .contains("No instruction was hard: nowhere was there a gap of 1.0 or more.");
    }

    @Test
    void html_noVerdictAtAll_countsThemAsMissing() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(5).missing(1).build());
        assertThat(page.all("//svg[starts-with(@aria-labelledby, 'gap-chart')]"))
                .isEmpty();
        assertThat(page.texts("//section[@id='counts']//tr[th='Without verdict']/td"))
                .startsWith("\u2013", "58");
    }

    @Test
    void html_changeWithinChance_saysSo() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(9).iterations(1, 1).tasks(1).build());
        assertThat(page.text("//p[@class='support']")).contains("With 25 items a change this small may be chance.");
    }

    @Test
    void html_manyTasks_listsEveryOneWeakestFirst() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(7).tasks(30).build());
        List<Integer> last = page.texts("//table[@class='heat']/tbody/tr/td[position() = last() - 1]").stream()
                .map(text -> Integer.valueOf(text.replace("%", "")))
                .toList();
        assertThat(last).hasSize(30).isSorted();
        assertThat(page.texts("//ol[@class='ranking']/li/bdi"))
                .isEqualTo(page.texts("//table[@class='heat']/tbody/tr/th").subList(0, 5));
    }

    @Test
    void html_hugeAnswer_foldsAndLeavesOutTheRest() throws Exception {
        String huge = "step by step, \u05e9\u05dc\u05d5\u05dd ".repeat(60_000);
        ReportFixture fixture = ReportFixture.seeded(8)
                .seeds(0)
                .iterations(1, 1)
                .missing(0)
                .lag(7)
                .with(Instruction.of("Count to a million."), huge, "1");
        String html = HtmlReport.of(fixture.build()).html();
        assertThat(html.length()).isLessThan(190_000);
        Xhtml page = Xhtml.parse(html);
        assertThat(page.text("//details[@class='long']/summary")).contains("Show all 1,140,000 characters");
        assertThat(page.text("//section[@id='samples']//details[@class='long']/div/p"))
                .isEqualTo("1,120,000 more characters in the run directory, not on this page.");
        assertThat(page.all("//div[@class='prose' and not(@dir='auto')]")).isEmpty();
    }

    @Test
    void html_infiniteLosses_areLeftOutAndCounted() throws Exception {
        Xhtml page = Xhtml.of(ReportFixture.seeded(1)
                .iterations(0, 0)
                .losses(loss -> loss > 1 ? Double.NaN : loss)
                .build());
        assertThat(page.all("//svg[@class='wide']")).hasSize(1);
        assertThat(page.text("//section[@id='loss']/p[@class='note']"))
                .endsWith("had no finite loss and cannot be drawn.");
        Xhtml none = Xhtml.of(ReportFixture.seeded(1).losses(loss -> Double.NaN).build());
        assertThat(none.text("//section[@id='loss']/p[@class='note']")).isEqualTo("The student reported no loss.");
    }
}
