package dev.lion.report;

import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.Provenance;

/** Text that tries to leave its place on the page. Each place has its own, so that a test can find it again. */
final class Hostile {
    private Hostile() {}

    /** A text for one place: it closes what may be open, runs a script, and hides what follows. */
    static String text(String place) {
        return place + "\"'></script></style></title><img src=x onerror=alert(1)>&lt;]]>\u202e\u0000";
    }

    /** The same text as a reader sees it. */
    static String seen(String place) {
        return place + "\"'></script></style></title><img src=x onerror=alert(1)>&lt;]]>[U+202E]\u2400";
    }

    /** A run with a hostile text in every place that a user, a model or an application fills. */
    static ReportFixture run() {
        Instruction seed = Instruction.of(text("seed"), text("input"));
        Instruction child =
                Instruction.of(text("child")).withProvenance(Provenance.generated(seed.id(), 1, Difficulty.HARD));
        return ReportFixture.seeded(8)
                .iterations(1, 1)
                .missing(0)
                .seeds(0)
                .lag(7)
                .with(seed, text("teacher"), text("student"))
                .with(child, text("teacher-child"), text("student-child"))
                .words(Hostile::text);
    }
}
