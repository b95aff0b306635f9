package dev.lion.examples;

import dev.lion.cost.Price;
import dev.lion.student.cascade.CascadeCalibration;
import dev.lion.student.cascade.CascadePage;
import dev.lion.student.cascade.CascadePoint;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A cascade's calibration in words, and its curve as a table. */
final class CascadeTable {
    private static final int COLUMN = 18;

    private final CascadeCalibration calibration;
    private final Optional<Price> price;

    CascadeTable(CascadeCalibration calibration, Optional<Price> price) {
        this.calibration = calibration;
        this.price = price;
    }

    void print(PrintStream out) {
        CascadePoint student = calibration.curve().studentAlone();
        out.println();
        out.println(calibration.inWords());
        out.println("Chosen on " + calibration.chosenOn() + " verdicts, measured on " + student.instructions()
                + " others:");
        calibration.measured().ifPresent(point -> print(out, point));
        line(out, "the student alone", percent(student.quality().estimate()));
        calibration
                .curve()
                .separation()
                .ifPresent(area -> line(
                        out, "area under the ROC curve", String.format(Locale.ROOT, "%.3f (0.5 is a guess)", area)));
        out.println();
        row(out, CascadePage.columns(price));
        CascadePage.rows(calibration, price).forEach(cells -> row(out, cells));
        CascadePage.note(calibration).ifPresent(out::println);
        out.println();
    }

    private void print(PrintStream out, CascadePoint point) {
        line(out, "answered locally", percent(point.localShare()));
        line(
                out,
                "quality kept",
                percent(point.quality().estimate()) + " ("
                        + percent(point.quality().low()) + " to "
                        + percent(point.quality().high()) + ")");
        price.ifPresent(known -> line(
                out,
                "saved",
                point.savedPerThousandInWords(known) + " on 1,000 requests, of "
                        + calibration.curve().studentAlone().savedPerThousandInWords(known)));
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("  %-26s%s%n", name, value);
    }

    private static void row(PrintStream out, List<String> cells) {
        cells.forEach(cell -> out.printf("%" + COLUMN + "s", cell));
        out.println();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }
}
