package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "6m0s, 360000",
        "1s, 1000",
        "20ms, 20",
        "1h2m3.5s, 3723500",
        "17, 17000",
        "0, 0",
        "0.25, 250",
        "1.2 seconds, 1200",
        "' 2 Minutes', 120000",
        "1d, 86400000"
    })
    void duration_readable_isThatLong(String text, long millis) {
        assertThat(HeaderValue.duration(text, SECOND)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "-3s",
                "soon",
                "NaN",
                "1e9",
                "99999999999",
                "999999999999h",
                "2d",
                "1s;",
                "0x10",
                "1 fortnight",
                "1s1s1s1s1s1s",
                "111111111111111111111111111111111111111111111111111111111111111111111111111s"
            })
    void duration_nonsense_isIgnored(String text) {
        assertThat(HeaderValue.duration(text, SECOND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 22 Nov 2026 12:00:30 GMT", "2026-11-22T12:00:30Z", "2026-11-22T13:00:30+01:00"})
    void until_date_isTheTimeToIt(String date) {
        assertThat(HeaderValue.until(date, NOON)).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 22 Nov 2026 11:59:59 GMT",
                "2026-11-24T12:00:30Z",
                "tomorrow",
                "2026-13-45T00:00:00Z",
                "+999999999-01-01T00:00:00Z"
            })
    void until_pastOrFarOrNonsense_isIgnored(String date) {
        assertThat(HeaderValue.until(date, NOON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "many", "9223372036854775808", "999999999999999"})
    void count_nonsense_isIgnored(String text) {
        assertThat(HeaderValue.count(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit reached for m in organization o on requests per min. Please try again in 1.2s. Visit |1200",
                "Please try again in 6m0s.|360000",
                "Requests have exceeded the call rate limit. Please retry after 20 seconds.|20000",
                "Retry after 1 second|1000",
                "please retry in 34.07s.|34070",
                "{\"error\": {\"details\": [{\"retryDelay\": \"12s\"}]}}|12000",
                "retry-after: 3|3000"
            })
    void pauseIn_message_isWhatItSays(String message, long millis) {
        assertThat(HeaderValue.pauseIn(message)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Too many requests", "Please try again in a while", "retry after -5 seconds", "in 1.2s"})
    void pauseIn_messageWithoutTime_isNone(String message) {
        assertThat(HeaderValue.pauseIn(message)).isEmpty();
    }

    @Test
    void pauseIn_hostileMessage_endsSoon() {
        String message = "try again in " + "1".repeat(5000) + " retry after " + "1s ".repeat(2000) + "x";
        assertThat(HeaderValue.pauseIn(message)).contains(Duration.ofSeconds(5));
    }
}
