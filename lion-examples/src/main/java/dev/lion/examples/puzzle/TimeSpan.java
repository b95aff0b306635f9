package dev.lion.examples.puzzle;

/**
 * A part of a day.
 *
 * @param from its beginning in minutes after midnight
 * @param to its end in minutes after midnight, after the beginning
 */
record TimeSpan(int from, int to) {

    /** From one clock time to another, such as "11am" and "12:30pm"; a span to "12am" ends at midnight. */
    static TimeSpan of(String from, String to) {
        int end = minutes(to);
        return new TimeSpan(minutes(from), end == 0 ? 24 * 60 : end);
    }

    boolean contains(TimeSpan other) {
        return from <= other.from && other.to <= to;
    }

    boolean overlaps(TimeSpan other) {
        return from < other.to && other.from < to;
    }

    /** "12pm" for noon; minutes only when there are some. */
    static String clock(int minutes) {
        int hour = minutes / 60 % 24;
        String past = minutes % 60 == 0 ? "" : ":%02d".formatted(minutes % 60);
        return (hour % 12 == 0 ? 12 : hour % 12) + past + (hour < 12 ? "am" : "pm");
    }

    @Override
    public String toString() {
        return clock(from) + " to " + clock(to);
    }

    private static int minutes(String clock) {
        String digits = clock.replaceAll("[^\\d:]", "");
        int colon = digits.indexOf(':');
        int hour = Integer.parseInt(colon < 0 ? digits : digits.substring(0, colon)) % 12;
        int past = colon < 0 ? 0 : Integer.parseInt(digits.substring(colon + 1));
        return (clock.endsWith("pm") ? hour + 12 : hour) * 60 + past;
    }
}
