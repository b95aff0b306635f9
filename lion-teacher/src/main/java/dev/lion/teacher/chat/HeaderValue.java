package dev.lion.teacher.chat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that providers write into headers and messages. A value that cannot be read, is negative or is out of all
 * proportion is as good as none.
 */
final class HeaderValue {
    /** Times further away than this are not believed. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final long MOST = 1_000_000_000_000L;
    private static final int LONGEST_TEXT = 64;

    private static final String NUMBER = "\\d{1,12}(?:\\.\\d{1,18})?(?!\\d)";
    private static final String UNIT = "ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?";
    private static final Pattern PART = Pattern.compile("(" + NUMBER + ")\\s?(" + UNIT + ")(?![a-z])\\s?");
    private static final Pattern PARTS = Pattern.compile("(?:" + NUMBER + "\\s?(?:" + UNIT + ")(?![a-z])\\s?){1,5}");
    private static final Pattern PLAIN = Pattern.compile(NUMBER);

    /** OpenAI: "Please try again in 1.2s."; Azure: "Please retry after 20 seconds."; Google: "retryDelay": "34s". */
    private static final Pattern IN_MESSAGE = Pattern.compile(
            "(?:try again|retry)[ -](?:in|after):? ?((?:" + NUMBER + "\\s?(?:" + UNIT + ")(?![a-z])\\s?){1,5}|" + NUMBER
                    + ")|\"retrydelay\"\\s?:\\s?\"(" + NUMBER + "s)\"",
            Pattern.CASE_INSENSITIVE);

    private HeaderValue() {}

    /** A count of something, at least 0. */
    static OptionalLong count(String text) {
        try {
            long count = Long.parseLong(text.strip());
            return count < 0 || count > MOST ? OptionalLong.empty() : OptionalLong.of(count);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** {@code 6m0s}, {@code 20ms}, {@code 1.5 seconds}, or a bare number of the unit. */
    static Optional<Duration> duration(String text, Duration unit) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        if (PLAIN.matcher(value).matches()) {
            return believable(Double.parseDouble(value) * unit.toNanos());
        }
        if (!PARTS.matcher(value).matches()) {
            return Optional.empty();
        }
        double nanos = 0;
        for (Matcher part = PART.matcher(value); part.find(); ) {
            nanos += Double.parseDouble(part.group(1)) * unit(part.group(2)).toNanos();
        }
        return believable(nanos);
    }

    private static Duration unit(String name) {
        if (name.equals("ms") || name.startsWith("milli")) {
            return Duration.ofMillis(1);
        }
        return switch (name.charAt(0)) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** The time from now to a date of HTTP or of RFC 3339; nothing for one that has passed. */
    static Optional<Duration> until(String date, Instant now) {
        return instant(date)
                .filter(then -> !then.isBefore(now))
                .map(then -> Duration.between(now, then))
                .filter(time -> time.compareTo(LONGEST) <= 0);
    }

    /** A date of HTTP or of RFC 3339. */
    static Optional<Instant> instant(String date) {
        String value = date.strip();
        try {
            return Optional.of(
                    value.indexOf(',') > 0
                            ? ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant()
                            : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The pause that the words of a failure ask for. */
    static Optional<Duration> pauseIn(String message) {
        Matcher found = IN_MESSAGE.matcher(message);
        if (!found.find()) {
            return Optional.empty();
        }
        return duration(found.group(1) != null ? found.group(1) : found.group(2), Duration.ofSeconds(1));
    }

    private static Optional<Duration> believable(double nanos) {
        return nanos <= LONGEST.toNanos() ? Optional.of(Duration.ofNanos(Math.round(nanos))) : Optional.empty();
    }
}
