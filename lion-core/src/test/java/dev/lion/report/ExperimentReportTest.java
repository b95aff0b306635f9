package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentReportTest {
    @TempDir
    Path temp;

    private static Xhtml page(ExperimentFixture fixture) throws Exception {
        return Xhtml.parse(ExperimentReport.of(fixture.build()).html());
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,5,0", "2,1,16", "3,5,8", "5,2,1", "12,6,16"})
    void html_anySize_isWholeAndHasNoIdTwice(int arms, int seeds, int tasks) throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1).size(arms, seeds, tasks));

        assertThat(page.all("//table[@class='arms']/tbody/tr")).hasSize(arms);
        assertThat(page.all("//table[@class='runs']/tbody/tr")).hasSize(arms * seeds);
        assertThat(page.all("//table[@class='heat wide-head']/tbody/tr")).hasSize(tasks);
        assertThat(page.all("//*[@id]").stream().map(e -> e.getAttribute("id"))).doesNotHaveDuplicates();
        assertThat(page.text("//span[contains(@class, 'state')]"))
                .isEqualTo(Figures.count((long) arms * seeds, "run") + " finished");
        assertThat(page.text("/html/body")).doesNotContain("NaN", "Infinity");
    }

    @Test
    void html_threeArms_showsDifferencesSeedBySeedWithIntervals() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1));

        assertThat(page.all("//div[@class='forest']")).hasSize(2);
        assertThat(page.all("//div[@class='forest-row']")).hasSize(4).allSatisfy(row -> {
            assertThat(row.getElementsByTagName("circle").getLength()).isEqualTo(5);
            assertThat(row.getTextContent()).containsPattern("seed 5: [+\u2212]\\d");
        });
        assertThat(page.texts("//div[@class='forest-row']//b"))
                .allMatch(words -> words.matches("[+\u2212][\\d.]+ \\([+\u2212][\\d.]+ to [+\u2212][\\d.]+\\)"));
        assertThat(page.all("//*[@class='mean clear']")).hasSizeBetween(1, 3);
    }

    @Test
    void html_tokensTrainedOn_areCalledEqualOnlyWhereTheyAre() throws Exception {
        String equal = "tokens trained on, equal in all arms of a seed";
        assertThat(page(ExperimentFixture.seeded(1).size(1, 5, 8)).text("/html/body"))
                .contains(equal);
        assertThat(page(ExperimentFixture.seeded(1)).text("/html/body")).doesNotContain(equal);
    }

    @Test
    void html_publishedFigures_standBesideTheMeasureTheyCorrespondTo() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1));

        assertThat(page.texts("//table[@class='arms']//th[@scope='col']"))
                .containsExactly("Arm", "Held-out puzzles", "BIG-Bench Hard", "paper, table 4", "Hard share", "Seeds");
        assertThat(page.texts("//table[@class='arms']//td[@class='paper']")).containsExactly("32", "24.3", "\u2013");
        assertThat(page.texts("//div[contains(@class, 'several')][1]//div[@class='panels by-iteration']//bdi"))
                .endsWith("paper, figure 5: Vicuna-80");
    }

    @Test
    void html_someRunsMissing_namesThem() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1)
                .only(run -> run.seed() < 4 || !run.arm().equals("arm-2")));

        assertThat(page.text("//span[@class='state running']")).isEqualTo("13 of 15 runs finished");
        assertThat(page.text("//section[@id='runs']/p[@class='note']"))
                .isEqualTo("Not there yet. More epochs: no run of seed 4, 5.");
    }

    @Test
    void html_noRunYet_asksTheQuestion() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1).only(run -> false));

        assertThat(page.text("//h1")).startsWith("Does the search for weak spots beat");
        assertThat(page.texts("//p[@class='note']"))
                .contains("No two arms have been compared yet.", "No run is finished yet.");
        assertThat(page.text("//span[@class='state running']")).isEqualTo("0 runs finished");
    }

    @Test
    void html_oneSeed_hasNoIntervalAndSaysSo() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1).size(2, 1, 3));

        assertThat(page.texts("//div[@class='forest-row']//b")).allMatch(words -> words.endsWith(", no interval"));
        assertThat(page.all("//*[contains(@class, 'whisker')]")).isEmpty();
        assertThat(page.all("//*[@class='mean clear']")).isEmpty();
    }

    @Test
    void html_hostileTexts_areText() throws Exception {
        Xhtml page = page(ExperimentFixture.seeded(1).words(Hostile::text));

        assertThat(page.all("//script")).hasSize(1);
        assertThat(page.all("//link | //img | //iframe | //object | //@onerror"))
                .isEmpty();
        for (String place : List.of(
                "adversarial",
                "Adversarial",
                "student",
                "4 layers, 256 wide",
                "commit",
                "arithmetic",
                "paper, table 4")) {
            assertThat(page.text("/html/body")).contains(Hostile.seen(place));
        }
    }

    @Test
    void html_equalResults_areEqualPages() throws Exception {
        ExperimentReport report =
                ExperimentReport.of(ExperimentFixture.seeded(1).build());
        report.writeTo(temp.resolve("new/page.html"));

        assertThat(ExperimentReport.of(ExperimentFixture.seeded(1).build()).html())
                .isEqualTo(report.html());
        assertThat(Files.readString(temp.resolve("new/page.html"))).isEqualTo(report.html());
    }
}
