package dev.lion.teacher.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The headers of one reply that speak of limits.
 *
 * @param headers by name, whatever its case
 * @param now when the reply arrived by this machine's clock
 */
record LimitHeaders(SortedMap<String, List<String>> headers, Instant now) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    Optional<Duration> retryAfter() {
        return values("retry-after-ms")
                .flatMap(value -> HeaderValue.duration(value, Duration.ofMillis(1)).stream())
                .findFirst()
                .or(() -> values("retry-after").flatMap(this::time).findFirst());
    }

    Optional<Quota> requests() {
        return openAi("requests").or(() -> anthropic("requests"));
    }

    Optional<Quota> tokens() {
        return openAi("tokens").or(() -> anthropic("tokens"));
    }

    private Optional<Quota> openAi(String kind) {
        return quota("x-ratelimit-limit-" + kind, "x-ratelimit-remaining-" + kind, "x-ratelimit-reset-" + kind);
    }

    private Optional<Quota> anthropic(String kind) {
        String prefix = "anthropic-ratelimit-" + kind;
        return quota(prefix + "-limit", prefix + "-remaining", prefix + "-reset");
    }

    private Optional<Quota> quota(String limitName, String remainingName, String resetName) {
        OptionalLong limit = count(limitName);
        if (limit.isEmpty() || limit.getAsLong() < 1) {
            return Optional.empty();
        }
        long most = limit.getAsLong();
        long remaining = count(remainingName).orElse(most);
        Duration reset = values(resetName).flatMap(this::time).findFirst().orElse(Duration.ZERO);
        return Optional.of(new Quota(most, Math.min(most, remaining), reset));
    }

    private OptionalLong count(String name) {
        return values(name)
                .flatMapToLong(value -> HeaderValue.count(value).stream())
                .findFirst();
    }

    private Stream<Duration> time(String value) {
        return HeaderValue.duration(value, SECOND).or(() -> HeaderValue.until(value, server())).stream();
    }

    /** The time on the server's clock, which its dates are of. */
    private Instant server() {
        return values("date")
                .flatMap(date -> HeaderValue.instant(date).stream())
                .findFirst()
                .orElse(now);
    }

    private Stream<String> values(String name) {
        return headers.getOrDefault(name, List.of()).stream();
    }
}
