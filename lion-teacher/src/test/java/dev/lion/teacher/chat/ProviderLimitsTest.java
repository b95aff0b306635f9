package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderLimitsTest {
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private long nanos = Long.MAX_VALUE - 5; // which is about to overflow, as it may
    private final ProviderLimits limits = new ProviderLimits(() -> now, () -> nanos);

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void observe(int status, Map<String, String> headers) {
        limits.observe(
                status,
                headers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))));
    }

    @Test
    void retryAfter_refusalWithSeconds_countsDown() {
        observe(429, Map.of("Retry-After", "20"));
        pass(Duration.ofSeconds(5));
        now = now.plus(Duration.ofHours(9)); // somebody sets the clock
        assertThat(limits.retryAfter()).contains(Duration.ofSeconds(15));
        pass(Duration.ofSeconds(15));
        assertThat(limits.retryAfter()).isEmpty();
    }

    @Test
    void retryAfter_date_countsFromTheServersClock() {
        observe(429, Map.of("retry-after", "Sun, 22 Nov 2026 09:00:30 GMT", "date", "Sun, 22 Nov 2026 09:00:10 GMT"));
        assertThat(limits.retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void retryAfter_milliseconds_goBeforeSeconds() {
        observe(503, Map.of("retry-after-ms", "250", "retry-after", "1"));
        assertThat(limits.retryAfter()).contains(Duration.ofMillis(250));
    }

    @Test
    void retryAfter_twoRefusals_theLaterTimeHolds() {
        observe(429, Map.of("retry-after", "20"));
        observe(429, Map.of("retry-after", "1"));
        assertThat(limits.retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void retryAfter_laterSuccess_endsThePause() {
        observe(429, Map.of("retry-after", "20"));
        observe(200, Map.of());
        assertThat(limits.retryAfter()).isEmpty();
        observe(429, Map.of("retry-after", "5"));
        assertThat(limits.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void retryAfter_ofAFailure_isNotThatOfEarlierRepliesOrOfAnotherStatus() {
        observe(429, Map.of("retry-after", "3600"));
        long earlier = limits.replies();
        CallFailure limited = CallFailure.of(new HttpException(429, "slow down"));
        assertThat(limits.retryAfter(limited, earlier)).isEmpty();

        observe(503, Map.of("retry-after", "40"));
        assertThat(limits.retryAfter(limited, earlier)).isEmpty();
        observe(429, Map.of("retry-after", "60"));
        observe(200, Map.of()); // of a call that was under way
        assertThat(limits.retryAfter(limited, earlier)).contains(Duration.ofSeconds(60));
        assertThat(limits.retryAfter(CallFailure.of(new HttpException(503, "overloaded")), earlier))
                .contains(Duration.ofSeconds(40));
        assertThat(limits.retryAfter(CallFailure.of(new RateLimitException("slow down")), earlier))
                .contains(Duration.ofSeconds(60));
        assertThat(limits.retryAfter(CallFailure.of(new ConnectException("refused")), earlier))
                .isEmpty();
    }

    @Test
    void retryAfter_onSuccess_isIgnored() {
        observe(200, Map.of("retry-after", "20"));
        assertThat(limits.retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1e30", "never", "999999999999", "", "Sun, 22 Nov 2099 09:00:30 GMT"})
    void retryAfter_nonsense_isIgnored(String value) {
        observe(429, Map.of("retry-after", value));
        assertThat(limits.retryAfter()).isEmpty();
    }

    @Test
    void quotas_openAi_areRead() {
        observe(
                200,
                Map.of(
                        "x-ratelimit-limit-requests", "5000",
                        "x-ratelimit-remaining-requests", "4999",
                        "x-ratelimit-reset-requests", "12ms",
                        "X-RateLimit-Limit-Tokens", "160000",
                        "X-RateLimit-Remaining-Tokens", "159976",
                        "X-RateLimit-Reset-Tokens", "1m0s"));
        assertThat(limits.requests()).contains(new Quota(5000, 4999, Duration.ofMillis(12)));
        assertThat(limits.tokens()).contains(new Quota(160_000, 159_976, Duration.ofMinutes(1)));
    }

    @Test
    void quotas_anthropic_areRead() {
        observe(
                200,
                Map.of(
                        "anthropic-ratelimit-requests-limit", "50",
                        "anthropic-ratelimit-requests-remaining", "49",
                        "anthropic-ratelimit-requests-reset", "2026-11-22T12:00:01Z",
                        "anthropic-ratelimit-tokens-limit", "40000"));
        assertThat(limits.requests()).contains(new Quota(50, 49, Duration.ofSeconds(1)));
        assertThat(limits.tokens()).contains(new Quota(40_000, 40_000, Duration.ZERO));
    }

    @Test
    void quotas_nonsense_leaveWhatWasKnown() {
        observe(200, Map.of("x-ratelimit-limit-requests", "60", "x-ratelimit-remaining-requests", "9"));
        for (String limit : List.of("0", "-1", "lots", "1e9", "9999999999999999999999")) {
            observe(200, Map.of("x-ratelimit-limit-requests", limit));
        }
        observe(200, Map.of());
        assertThat(limits.requests()).contains(new Quota(60, 9, Duration.ZERO));
    }

    @Test
    void quotas_moreRemainingThanTheLimit_isTheLimit() {
        observe(200, Map.of("x-ratelimit-limit-requests", "60", "x-ratelimit-remaining-requests", "900"));
        assertThat(limits.requests()).contains(new Quota(60, 60, Duration.ZERO));
    }

    @Test
    void perMinute_resetFurtherAwayThanAMinute_isUnknown() {
        assertThat(new Quota(200, 199, Duration.ofSeconds(432)).perMinute()).isEmpty();
        assertThat(new Quota(200, 0, Duration.ofSeconds(60)).perMinute()).hasValue(200);
    }

    @Test
    void retryAfter_failure_isReadFromItsWords() {
        assertThat(ProviderLimits.retryAfter(new RateLimitException("slow down. Please try again in 1.5s.")))
                .contains(Duration.ofMillis(1500));
        assertThat(ProviderLimits.retryAfter(new IllegalStateException())).isEmpty();
    }

    @Test
    void toString_nothingKnown_saysSo() {
        assertThat(limits).hasToString("ProviderLimits[requests=unknown, tokens=unknown, retryAfter=none]");
    }
}
