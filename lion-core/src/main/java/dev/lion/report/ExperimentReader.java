package dev.lion.report;

import dev.lion.report.ExperimentResult.Arm;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Measure;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Published;
import dev.lion.report.ExperimentResult.Run;

/** Takes an experiment's result out of JSON. */
final class ExperimentReader {
    private ExperimentReader() {}

    static ExperimentResult read(JsonPlace root) {
        return new ExperimentResult(
                root.text("name"),
                root.text("question"),
                root.text("claim"),
                root.list("support", JsonPlace::text),
                root.list("measures", ExperimentReader::measure),
                root.list("arms", ExperimentReader::arm),
                root.list("runs", ExperimentReader::run),
                root.list("comparisons", ExperimentReader::comparison),
                root.list("published", ExperimentReader::published),
                root.list("notes", JsonPlace::text),
                root.map("settings", JsonPlace::text),
                root.map("provenance", JsonPlace::text));
    }

    private static Measure measure(JsonPlace place) {
        return new Measure(place.text("id"), place.text("label"), place.text("description"));
    }

    private static Arm arm(JsonPlace place) {
        return new Arm(place.text("id"), place.text("label"), place.text("description"));
    }

    private static Run run(JsonPlace place) {
        return new Run(
                place.text("arm"),
                place.whole("seed"),
                place.list("points", ExperimentReader::point),
                place.number("seconds"));
    }

    private static Point point(JsonPlace place) {
        long iteration = place.whole("iteration");
        if (iteration < 0 || iteration > Integer.MAX_VALUE) {
            throw place.field("iteration").fault("an iteration");
        }
        return new Point(
                (int) iteration,
                place.whole("answered"),
                place.whole("tokens"),
                place.optional("hardShare").map(JsonPlace::number),
                place.map("values", JsonPlace::number),
                place.map("tasks", tasks -> tasks.map(JsonPlace::number)));
    }

    private static Comparison comparison(JsonPlace place) {
        return new Comparison(
                place.text("arm"),
                place.text("baseline"),
                place.text("measure"),
                place.list("differences", JsonPlace::number),
                place.number("mean"),
                place.number("low"),
                place.number("high"));
    }

    private static Published published(JsonPlace place) {
        return new Published(
                place.text("label"),
                place.text("measured"),
                place.map("byArm", JsonPlace::number),
                place.list("byIteration", JsonPlace::number));
    }
}
