package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.report.CurveReport.Curve;
import dev.lion.report.CurveReport.Point;
import dev.lion.report.CurveReport.Tile;
import dev.lion.report.CurveReport.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveReportTest {
    @TempDir
    Path temp;

    @Test
    void html_hostileTexts_areTextAndThePageNeedsNothingElse() throws Exception {
        var page = Xhtml.parse(report("<script>alert(1)</script>", Optional.of(Point.of(0.3, 0.95)))
                .html());

        assertThat(page.all("//script | //link | //img | //iframe | //object")).isEmpty();
        assertThat(page.text("//h1")).isEqualTo("<script>alert(1)</script>");
        assertThat(page.all("//svg[@role='img']/title")).hasSize(1);
        assertThat(page.all("//tbody/tr")).hasSize(2);
        assertThat(page.all("//th[@scope='col']")).hasSize(2);
        assertThat(page.all("//circle")).hasSize(1);
    }

    @Test
    void html_pointsWithIntervals_lieWithinTheChart() throws Exception {
        var page = Xhtml.parse(report("claim", Optional.empty()).html());

        assertThat(page.all("//*[local-name()='line' and starts-with(@class, 'whisker')]"))
                .hasSize(11)
                .allSatisfy(line -> {
                    assertThat(Double.parseDouble(line.getAttribute("y1"))).isBetween(0.0, 420.0);
                    assertThat(Double.parseDouble(line.getAttribute("y2"))).isBetween(0.0, 420.0);
                    assertThat(Double.parseDouble(line.getAttribute("x1"))).isBetween(0.0, 960.0);
                });
        assertThat(page.all("//circle")).isEmpty();
    }

    @Test
    void writeTo_missingFolder_writesThePage() throws Exception {
        var report = report("claim", Optional.empty());

        report.writeTo(temp.resolve("new/page.html"));

        assertThat(Files.readString(temp.resolve("new/page.html"))).isEqualTo(report.html());
        try (var files = Files.list(temp.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void new_whatCannotBeShown_isRefused() {
        assertThatThrownBy(() -> Point.of(1.2, 0)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> new Curve("empty", Tone.FADED, List.of())).hasMessageContaining("empty");
    }

    private static CurveReport report(String claim, Optional<Point> chosen) {
        var points = IntStream.rangeClosed(0, 10)
                .mapToObj(i -> new Point(i / 10.0, 1 - i / 40.0, 0.99 - i / 30.0, 1.01 - i / 50.0))
                .toList();
        return new CurveReport(
                "a trade",
                claim,
                "support",
                List.of(new Tile("name", "5", "words")),
                "share",
                "quality",
                List.of(
                        new Curve("one & all", Tone.STUDENT, points),
                        new Curve("two", Tone.FADED, List.of(Point.of(0, 1), Point.of(1, 0.75)))),
                "how to read it",
                0.95,
                chosen,
                List.of("a", "b"),
                List.of(List.of("1", "2"), List.of("3", "<b>")));
    }
}
