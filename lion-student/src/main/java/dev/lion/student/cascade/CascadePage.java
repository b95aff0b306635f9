package dev.lion.student.cascade;

import dev.lion.cost.Price;
import dev.lion.report.CurveReport;
import dev.lion.report.CurveReport.Curve;
import dev.lion.report.CurveReport.Point;
import dev.lion.report.CurveReport.Tile;
import dev.lion.report.CurveReport.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A calibration as a page that shows the share answered locally against the quality, and as the rows of a table. */
public final class CascadePage {
    private static final int STEPS = 10;

    private final CascadeCalibration calibration;
    private final CascadeCurve curve;
    private final Optional<Price> price;

    private CascadePage(CascadeCalibration calibration, Optional<Price> price) {
        this.calibration = calibration;
        this.curve = calibration.curve();
        this.price = price;
    }

    /**
     * The page.
     *
     * @param student what it is called
     * @param price the teacher's, for the money
     */
    public static CurveReport of(CascadeCalibration calibration, String student, Optional<Price> price) {
        return new CascadePage(calibration, price).report(student);
    }

    /** The table's head. */
    public static List<String> columns(Optional<Price> price) {
        var columns = new ArrayList<>(
                List.of("Answered locally", "Threshold", "Quality", "95% interval", "By chance", "At best"));
        price.ifPresent(known -> columns.add("Saved per 1,000"));
        return columns;
    }

    /** The curve in steps of a tenth, as near as its points come. */
    public static List<List<String>> rows(CascadeCalibration calibration, Optional<Price> price) {
        return new CascadePage(calibration, price).rows();
    }

    /** What to know of the qualities in the rows; empty when there is nothing. */
    public static Optional<String> note(CascadeCalibration calibration) {
        return calibration.curve().points().stream()
                .filter(point -> point.quality().high() > 1)
                .findFirst()
                .map(point ->
                        "Where an interval goes beyond 100%, the verdicts do not rule out that the answers are better"
                                + " than the teacher's.");
    }

    private List<List<String>> rows() {
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> curve.at((double) step / STEPS))
                .distinct()
                .map(this::row)
                .toList();
    }

    private List<String> row(CascadePoint point) {
        var cells = new ArrayList<>(List.of(
                Percent.of(point.localShare()),
                point.threshold() > 1 ? "none" : fixed(point.threshold(), 4),
                Percent.of(point.quality().estimate()),
                Percent.of(point.quality().low()) + " to "
                        + Percent.of(point.quality().high()),
                Percent.of(curve.byChance(point.localShare())),
                Percent.of(curve.best().get(curve.points().indexOf(point)))));
        price.ifPresent(known -> cells.add(point.savedPerThousandInWords(known)));
        return cells;
    }

    private CurveReport report(String student) {
        return new CurveReport(
                "Cascade \u00b7 " + student,
                claim(),
                calibration.inWords() + " Chosen on " + calibration.chosenOn() + " verdicts, measured on "
                        + curve.studentAlone().instructions() + " others.",
                tiles(),
                "share answered locally",
                "Quality",
                curves(),
                "The student answers what it is most confident of, the teacher the rest. A cascade that left the same"
                        + " share to the student by chance would be on the dashed line; one that knew every verdict"
                        + " beforehand on the upper one."
                        + note(calibration).map(note -> " " + note).orElse(""),
                calibration.wanted().share(),
                calibration.measured().map(CascadePage::place),
                columns(price),
                rows());
    }

    private String claim() {
        return calibration
                .measured()
                .map(point -> "The student answers " + Percent.of(point.localShare()) + " of the requests, and "
                        + Percent.of(point.quality().estimate()) + " of the quality is kept.")
                .orElse("No threshold keeps " + calibration.wanted() + ".");
    }

    private List<Tile> tiles() {
        var tiles = new ArrayList<Tile>();
        calibration.measured().ifPresent(point -> {
            tiles.add(new Tile(
                    "Answered locally",
                    Percent.of(point.localShare()),
                    "from a confidence of " + fixed(point.threshold(), 4) + " on"));
            tiles.add(new Tile(
                    "Quality kept",
                    Percent.of(point.quality().estimate()),
                    Percent.of(point.quality().low()) + " to "
                            + Percent.of(point.quality().high()) + " with 95% confidence"));
            price.ifPresent(known ->
                    tiles.add(new Tile("Saved", point.savedPerThousandInWords(known), "on a thousand requests")));
        });
        tiles.add(new Tile(
                "The student alone",
                Percent.of(curve.studentAlone().quality().estimate()),
                "of " + curve.studentAlone().instructions() + " instructions"));
        curve.separation()
                .ifPresent(area -> tiles.add(new Tile(
                        "Area under the ROC curve", fixed(area, 3), "0.5 is a guess, 1 tells all good answers apart")));
        return tiles;
    }

    private List<Curve> curves() {
        var points = curve.points();
        return List.of(
                new Curve(
                        "at best",
                        Tone.TEACHER,
                        IntStream.range(0, points.size())
                                .mapToObj(i -> Point.of(
                                        points.get(i).localShare(), curve.best().get(i)))
                                .toList()),
                new Curve(
                        "by chance",
                        Tone.FADED,
                        List.of(Point.of(0, curve.byChance(0)), Point.of(1, curve.byChance(1)))),
                new Curve(
                        "by confidence",
                        Tone.STUDENT,
                        points.stream().map(CascadePage::place).toList()));
    }

    private static Point place(CascadePoint point) {
        return new Point(
                point.localShare(),
                point.quality().estimate(),
                point.quality().low(),
                point.quality().high());
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
