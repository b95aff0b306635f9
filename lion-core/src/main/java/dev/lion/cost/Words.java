package dev.lion.cost;

import java.time.Duration;
import java.util.Locale;

/** Numbers for people, the same whatever the machine's locale. */
final class Words {
    private Words() {}

    /** A count as {@code 70,000}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count with its noun. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A time in its two largest units: {@code 3 d 2 h}, {@code 3 h 12 min}, {@code 4 min 10 s}, {@code 7 s}. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
