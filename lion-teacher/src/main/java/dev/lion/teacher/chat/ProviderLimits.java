package dev.lion.teacher.chat;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
    private final LongSupplier nanoTime;
    private final Deque<Advice> advices = new ArrayDeque<>();
    private long replies;
    private long lastSuccess;

    /**
     * A pause that a reply asked for.
     *
     * @param reply the number of the reply, from 1
     * @param until when it ends, in nanoseconds
     */
    private record Advice(long reply, int status, long until) {}

    /** Limits of which nothing is known yet. */
    public ProviderLimits() {
        this(InstantSource.system(), System::nanoTime);
    }

    /**
     * Limits of which nothing is known yet, by other clocks than the system's.
     *
     * @param clock tells how far away the dates of a provider are that does not name its own
     * @param nanoTime measures pauses, in nanoseconds from any origin, and never jumps
     */
    public ProviderLimits(InstantSource clock, LongSupplier nanoTime) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
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
        var read = new LimitHeaders(reply, clock.instant());
        read.requests().ifPresent(quota -> requests = quota);
        read.tokens().ifPresent(quota -> tokens = quota);
        count(status, status >= FIRST_FAILURE ? read.retryAfter() : Optional.empty());
    }

    private synchronized void count(int status, Optional<Duration> pause) {
        replies++;
        if (status < FIRST_FAILURE) {
            lastSuccess = replies;
        }
        if (pause.isPresent()) {
            long now = nanoTime.getAsLong();
            long until = now + pause.get().toNanos();
            advices.removeIf(it -> it.until() - now <= 0 || (it.status() == status && it.until() - until <= 0));
            advices.add(new Advice(replies, status, until));
        }
    }

    /**
     * For how long from now the provider wants no call, by the latest time it has named; empty when it may be called, and after
     * a later reply with a status below 400.
     */
    public synchronized Optional<Duration> retryAfter() {
        return longest(it -> it.reply() > lastSuccess);
    }

    /** How many replies were observed so far, which tells what is said later. */
    synchronized long replies() {
        return replies;
    }

    /** The pause that is left of those that replies like this failure have asked for, after so many replies. */
    synchronized Optional<Duration> retryAfter(CallFailure failure, long earlierReplies) {
        OptionalInt status = failure.status();
        boolean isLimit = failure.reason() == CallFailure.Reason.RATE_LIMITED;
        return longest(
                it -> it.reply() > earlierReplies && (status.isPresent() ? status.getAsInt() == it.status() : isLimit));
    }

    private Optional<Duration> longest(Predicate<Advice> which) {
        long now = nanoTime.getAsLong();
        return advices.stream()
                .filter(which)
                .map(it -> Duration.ofNanos(it.until() - now))
                .max(Comparator.naturalOrder())
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
