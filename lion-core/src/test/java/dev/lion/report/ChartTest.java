package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.ImitationSummary.LossPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Pattern COORDINATE = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

    @Test
    void loss_oneSpikeInManySteps_isStillDrawn() throws Exception {
        Random random = new Random(4);
        List<LossPoint> points = new ArrayList<>();
        for (int step = 1; step <= 50_000; step++) {
            points.add(new LossPoint(step, step == 31_415 ? 9 : 1 + random.nextDouble(), 1e-4));
        }
        Xhtml chart = Xhtml.parse(
                new LossChart("loss", "Loss by training step", 1020, 300, List.of(new LossChart.Imitation(0, points)))
                        .render()
                        .markup());
        List<double[]> raw = coordinates(chart, "//path[@class='raw']");
        assertThat(raw).hasSizeLessThanOrEqualTo(800);
        double spike = raw.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        assertThat(spike)
                .isLessThan(raw.stream()
                                .mapToDouble(p -> p[1])
                                .sorted()
                                .skip(1)
                                .findFirst()
                                .orElseThrow()
                        - 100);
        assertThat(coordinates(chart, "//path[@class='line student']"))
                .allSatisfy(p -> assertThat(p[1]).isGreaterThan(spike + 100));
    }

    @Test
    void loss_severalImitations_areMarkedAndStayInside() throws Exception {
        List<LossChart.Imitation> imitations = List.of(
                new LossChart.Imitation(0, List.of(new LossPoint(1, 3, 1e-4), new LossPoint(2, 2, 1e-4))),
                new LossChart.Imitation(1, List.of()),
                new LossChart.Imitation(2, List.of(new LossPoint(1, 2.5, 1e-4), new LossPoint(4, 1, 1e-4))));
        Xhtml chart = Xhtml.parse(new LossChart("loss", "Loss by training step", 340, 240, imitations)
                .render()
                .markup());
        assertThat(chart.all("//line[@class='boundary']")).hasSize(3);
        assertThat(chart.texts("//text[@class='name']")).containsExactly("iteration 0", "iteration 2");
        assertThat(coordinates(chart, "//path")).allSatisfy(p -> {
            assertThat(p[0]).isBetween(0.0, 340.0);
            assertThat(p[1]).isBetween(0.0, 240.0);
        });
    }

    @Test
    void line_equalLastValues_haveLabelsThatDoNotOverlap() throws Exception {
        List<LineChart.Series> series = List.of(
                new LineChart.Series("a", "ink", List.of(LineChart.Point.of(1, 5), LineChart.Point.of(2, 0))),
                new LineChart.Series("b", "faded", List.of(LineChart.Point.of(1, 5), LineChart.Point.of(2, 0))));
        LineChart chart = new LineChart("c", "c", List.of(1, 2), Axis.covering(0, 5, 4), Figures::score, series);
        Xhtml drawn = Xhtml.parse(chart.render().markup());
        List<Double> names = drawn.all("//text[starts-with(@class, 'name')]").stream()
                .map(e -> Double.valueOf(e.getAttribute("y")))
                .toList();
        assertThat(names).hasSize(2);
        assertThat(Math.abs(names.get(0) - names.get(1))).isGreaterThanOrEqualTo(28);
        assertThat(drawn.text("/svg/desc"))
                .isEqualTo("a: iteration 1, 5.00; iteration 2, 0.00. b: iteration 1, 5.00; iteration 2, 0.00");
    }

    @Test
    void bars_segments_fillTheirShareOfTheLongest() throws Exception {
        BarChart chart = new BarChart(
                "b",
                "b",
                Figures::tick,
                List.of(
                        new BarChart.Row(
                                "one",
                                "4",
                                List.of(new BarChart.Segment("x", 3, "hard"), new BarChart.Segment("y", 1, "easy"))),
                        new BarChart.Row(
                                "two",
                                "2",
                                List.of(
                                        new BarChart.Segment("x", 2, "hard"),
                                        new BarChart.Segment("z", 0, "missing")))));
        Xhtml drawn = Xhtml.parse(chart.render().markup());
        assertThat(drawn.all("//rect[starts-with(@class, 'bar')]").stream()
                        .map(e -> e.getAttribute("x") + " " + e.getAttribute("width")))
                .containsExactly("0% 75%", "75% 25%", "0% 50%");
        assertThat(drawn.texts("//p[@class='key']/span")).containsExactly("x", "y");
    }

    private static List<double[]> coordinates(Xhtml chart, String xpath) throws Exception {
        return chart.all(xpath).stream()
                .flatMap(path -> COORDINATE.matcher(path.getAttribute("d")).results())
                .map(r -> new double[] {Double.parseDouble(r.group(1)), Double.parseDouble(r.group(2))})
                .toList();
    }
}
