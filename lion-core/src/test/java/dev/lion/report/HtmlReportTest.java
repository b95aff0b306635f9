package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class HtmlReportTest {
    /** Where a person can look at the pages of these tests. */
    private static final Path PAGES = Path.of("target", "reports");

    @TempDir
    Path temp;

    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of("three", ReportFixture.seeded(1)),
                Arguments.of("seeds-only", ReportFixture.seeded(2).iterations(0, 3)),
                Arguments.of("one", ReportFixture.seeded(3).iterations(1, 1)),
                Arguments.of("no-evaluation", ReportFixture.seeded(4).withoutEvaluation()),
                Arguments.of("no-verdict", ReportFixture.seeded(5).missing(1)),
                Arguments.of("nothing-hard", ReportFixture.seeded(6).lag(-4).withoutEvaluation()),
                Arguments.of("ten", ReportFixture.seeded(7).iterations(10, 10).tasks(30)),
                Arguments.of("hostile", Hostile.run()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void html_anyRun_isWellFormedAndSelfContained(String name, ReportFixture fixture) throws Exception {
        HtmlReport report = HtmlReport.of(fixture.build());
        report.writeTo(PAGES.resolve(name + ".html"));
        Xhtml page = Xhtml.parse(report.html());
        assertThat(page.all("//link | //iframe | //img | //object | //form | //base"))
                .isEmpty();
        assertThat(page.all("//script[not(@src)]")).hasSize(1);
        assertThat(page.all("//*[@src or @style or @*[starts-with(name(), 'on')]]"))
                .isEmpty();
        assertThat(page.all("//*[@href and not(starts-with(@href, '#'))]")).isEmpty();
        assertThat(page.text("//style")).doesNotContain("url(", "@import", "http");
        assertThat(page.all("//meta[@http-equiv='Content-Security-Policy']")
                        .get(0)
                        .getAttribute("content"))
                .matches("default-src 'none'; style-src 'unsafe-inline'; .*; script-src 'sha256-[A-Za-z0-9+/]{43}='");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void html_anyRun_hasSoundReferencesAndDescribedCharts(String name, ReportFixture fixture) throws Exception {
        Xhtml page = Xhtml.of(fixture.build());
        List<String> ids =
                page.all("//*[@id]").stream().map(e -> e.getAttribute("id")).toList();
        assertThat(ids).as(name).doesNotHaveDuplicates();
        assertThat(page.all("//a"))
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(ids).contains(link.getAttribute("href").substring(1)));
        assertThat(page.all("//*[@aria-labelledby]"))
                .allSatisfy(e -> assertThat(ids)
                        .contains(e.getAttribute("aria-labelledby").split(" ")));
        for (Element chart : page.all("//svg")) {
            assertThat(chart.getAttribute("role")).isEqualTo("img");
            assertThat(chart.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(chart.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void html_anyRun_hasNoBrokenNumber(String name, ReportFixture fixture) throws Exception {
        Xhtml page = Xhtml.of(fixture.build());
        assertThat(page.text("/html/body")).as(name).doesNotContain("NaN", "Infinity", "null", "Optional");
        assertThat(page.all("//@*/..")).allSatisfy(e -> {
            for (int i = 0; i < e.getAttributes().getLength(); i++) {
                assertThat(e.getAttributes().item(i).getNodeValue()).doesNotContain("NaN", "Infinity");
            }
        });
    }

    @Test
    void html_equalRuns_areEqualInAnyLocale() {
        String first = HtmlReport.of(ReportFixture.seeded(1).build()).html();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(HtmlReport.of(ReportFixture.seeded(1).build()).html()).isEqualTo(first);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writeTo_missingDirectories_makesThem() throws IOException {
        HtmlReport report = HtmlReport.of(ReportFixture.seeded(1).build());
        Path file = temp.resolve("a/b/report.html");
        report.writeTo(file);
        assertThat(file).hasContent(report.html());
        assertThat(file.getParent())
                .isDirectoryContaining(p -> p.equals(file))
                .isDirectoryNotContaining("glob:**.pending");
    }

    @Test
    void writeTo_existingFile_replacesIt() throws IOException {
        Path file = Files.writeString(temp.resolve("report.html"), "old");
        HtmlReport.of(ReportFixture.seeded(1).build()).writeTo(file);
        assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void writeTo_targetCannotBeReplaced_leavesWhatWasThere() throws IOException {
        Path inTheWay = Files.createDirectories(temp.resolve("report.html"));
        Files.writeString(inTheWay.resolve("kept"), "kept");
        HtmlReport report = HtmlReport.of(ReportFixture.seeded(1).build());
        assertThatThrownBy(() -> report.writeTo(inTheWay)).isInstanceOf(IOException.class);
        assertThat(inTheWay.resolve("kept")).hasContent("kept");
        assertThat(temp).isDirectoryNotContaining("glob:**.pending");
    }
}
