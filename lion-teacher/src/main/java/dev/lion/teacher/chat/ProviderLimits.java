package dev.lion.teacher.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of its limits, at this moment. LangChain4j's exceptions keep of a refusal only status and body, so the
 * headers are read below its client:
 *
 * <pre>{@code
 * var limits = new ProviderLimits();
 * var model = OpenAiChatModel.builder().httpClientBuilder(limits.httpClientBuilder())...maxRetries(0).build();
 * var paced = PacedChatModel.builder(model).limits(limits).build();
 * }</pre>
 *
 * <p>Read are {@code retry-after} and {@code retry-after-ms} of refusals, OpenAI's {@code x-ratelimit-*-requests} and {@code
 * -tokens}, and Anthropic's {@code anthropic-ratelimit-requests-*} and {@code -tokens-*}; dates count from the reply's own
 * {@code Date}, whatever this machine's clock says. A value that cannot be read, is negative, or is more than a day away is
 * ignored.
 *
 * <p>One object stands for one account: limits are the account's, so models that share a key share it. For any thread.
 */
public final class ProviderLimits {
    /** The longest reply that {@link #httpClientBuilder()} takes, in bytes. */
    public static final long MOST_REPLY_BYTES = 16L << 20;

    private static final int FIRST_FAILURE = 400;
    private static final int LONGEST_MESSAGE = 10_000;

    private final InstantSource clock;
    private volatile @Nullable Quota requests;
    private volatile @Nullable Quota tokens;
    private @Nullable Instant refusedUntil;

    /** Limits of which nothing is known yet. */
    public ProviderLimits() {
        this(InstantSource.system());
    }

    /** Limits of which nothing is known yet, by another clock than the system's. */
    public ProviderLimits(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * A client for a provider's model that reads the limits from every reply, on the JDK's own client with its defaults. It
     * refuses what would do harm: a reply of more than {@value #MOST_REPLY_BYTES} bytes, and one that is not UTF-8, fail with an
     * {@link java.io.IOException} that says so. Each call gives a new builder, since a model sets its time-outs in it; the artifact
     * {@code langchain4j-http-client-jdk} must be there.
     */
    public HttpClientBuilder httpClientBuilder() {
        return httpClientBuilder(HttpClient.newBuilder(), MOST_REPLY_BYTES);
    }

    /** As {@link #httpClientBuilder()}, on a JDK client with its own proxy, certificates or version, and for replies of any size. */
    public HttpClientBuilder httpClientBuilder(HttpClient.Builder client, long mostReplyBytes) {
        Objects.requireNonNull(client, "client");
        if (mostReplyBytes < 1) {
            throw new IllegalArgumentException("mostReplyBytes must be at least 1, was " + mostReplyBytes);
        }
        return JdkHttpClient.builder()
                .httpClientBuilder(new ObservedHttpClientBuilder(client, new ReplyWatch(this, mostReplyBytes)));
    }

    /**
     * Takes in what a reply says; called for every reply by the clients of {@link #httpClientBuilder()}, and by applications
     * that have a client of their own.
     *
     * @param headers by name, in any case
     */
    public void observe(int status, Map<String, List<String>> headers) {
        var reply = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        reply.putAll(headers);
        Instant now = clock.instant();
        var read = new LimitHeaders(reply, now);
        read.requests().ifPresent(quota -> requests = quota);
        read.tokens().ifPresent(quota -> tokens = quota);
        if (status >= FIRST_FAILURE) {
            read.retryAfter().ifPresent(pause -> refuseUntil(now.plus(pause)));
        }
    }

    private synchronized void refuseUntil(Instant then) {
        if (refusedUntil == null || then.isAfter(refusedUntil)) {
            refusedUntil = then;
        }
    }

    /** For how long from now the provider wants no call, by the latest time it has named; empty when it may be called. */
    public synchronized Optional<Duration> retryAfter() {
        return Optional.ofNullable(refusedUntil)
                .map(then -> Duration.between(clock.instant(), then))
                .filter(pause -> !pause.isNegative() && !pause.isZero());
    }

    /** The limit of requests, if the provider tells one. */
    public Optional<Quota> requests() {
        return Optional.ofNullable(requests);
    }

    /** The limit of tokens, if the provider tells one. */
    public Optional<Quota> tokens() {
        return Optional.ofNullable(tokens);
    }

    /**
     * The pause that the words of a failure ask for, such as {@code Please try again in 1.2s}, for clients whose headers nobody
     * reads.
     */
    public static Optional<Duration> retryAfter(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return HeaderValue.pauseIn(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    }

    @Override
    public String toString() {
        return "ProviderLimits[requests=" + requests().map(Quota::toString).orElse("unknown") + ", tokens="
                + tokens().map(Quota::toString).orElse("unknown") + ", retryAfter="
                + retryAfter().map(Duration::toString).orElse("none") + "]";
    }
}
