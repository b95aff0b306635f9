package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    @Test
    void writeTo_fixture_writesThePage() throws Exception {
        Path out = Path.of("target", "reports");
        HtmlReport.of(ReportFixture.seeded(1).build()).writeTo(out.resolve("three.html"));
        HtmlReport.of(ReportFixture.seeded(2).iterations(0, 3).build()).writeTo(out.resolve("zero.html"));
        HtmlReport.of(ReportFixture.seeded(2)
                        .iterations(1, 1)
                        .withoutEvaluation()
                        .lag(-1)
                        .build())
                .writeTo(out.resolve("one.html"));
        HtmlReport.of(ReportFixture.seeded(3).iterations(10, 10).tasks(30).build())
                .writeTo(out.resolve("ten.html"));
        assertThat(out.resolve("three.html")).isNotEmptyFile();
    }
}
