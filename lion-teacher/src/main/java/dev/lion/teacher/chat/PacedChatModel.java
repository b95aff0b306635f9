package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A chat model whose calls use what its provider allows, and do not ask for more: callers wait, first come first served, until
 * the next call may go. Made for one account, since limits are the account's; all its roles share the object.
 *
 * <p>By default nothing has to be known. Limits that the provider's headers tell ({@link Builder#limits}) or the application names
 * are kept to. What remains is found by refusals: how many calls at the same time, and how many a minute, are borne; a refusal stops
 * all calls until the time the provider names. Until a first call has succeeded, only one at a time is made, so that a wrong key or
 * model costs one call.
 *
 * <p>A refused call fails with what the wrapped model threw; something around this object repeats it. The wrapped model must not,
 * or this one does not learn of it: give it {@code maxRetries(0)}. A call that waits ends when its thread is interrupted, with a
 * {@link LangChain4jException} whose cause is the {@link InterruptedException}, and the flag set. For any number of threads; a
 * call under way is made by the thread that asked.
 */
public final class PacedChatModel extends ChatModelDecorator {
    private final PaceQueue queue;
    private final TokenEstimate tokens = new TokenEstimate();

    private PacedChatModel(Builder builder) {
        super(builder.model);
        this.queue = new PaceQueue(builder);
    }

    /** A paced model with the defaults. */
    public static PacedChatModel of(ChatModel model) {
        return builder(model).build();
    }

    /** A builder for a paced model. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Pace.Call call;
        try {
            call = queue.await(tokens.of(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("interrupted while waiting for the provider's limit; no call was made", e);
        }
        long earlierReplies = queue.replies();
        Outcome outcome = Outcome.FAILED;
        try {
            ChatResponse response = ask(request, options);
            outcome = new Outcome.Answered(used(request, response, call));
            return response;
        } catch (RuntimeException e) {
            outcome = queue.outcome(e, earlierReplies);
            throw e;
        } finally {
            queue.ended(call, outcome);
        }
    }

    private double used(ChatRequest request, ChatResponse response, Pace.Call call) {
        TokenUsage usage = response.tokenUsage();
        if (usage == null || usage.totalTokenCount() == null) {
            return call.tokens();
        }
        tokens.learn(request, usage.totalTokenCount());
        return usage.totalTokenCount();
    }

    /** The figures of this moment. */
    public Statistics statistics() {
        return queue.statistics();
    }

    @Override
    public String toString() {
        return "PacedChatModel[" + statistics() + "]";
    }

    /** How a call ended. */
    sealed interface Outcome {
        /** For a reason that says nothing about limits. */
        Outcome FAILED = new Failed();

        record Answered(double tokens) implements Outcome {}

        record Refused(Optional<Duration> pause) implements Outcome {}

        record Failed() implements Outcome {}
    }

    /**
     * Figures of a paced model, for logs and reports. Immutable.
     *
     * @param calls calls made, without those that wait
     * @param refused calls of these that the provider refused as too many
     * @param underWay calls under way
     * @param waiting callers that wait for theirs
     * @param concurrencyLimit how many calls may be under way at present
     * @param requestsPerMinute the rate that calls are kept to at present, if a limit is known
     * @param waited the time that callers have waited, all together
     * @param closedFor for how long the provider wants no call, from now
     */
    public record Statistics(
            long calls,
            long refused,
            int underWay,
            int waiting,
            int concurrencyLimit,
            OptionalDouble requestsPerMinute,
            Duration waited,
            Duration closedFor) {
        public Statistics {
            Objects.requireNonNull(requestsPerMinute, "requestsPerMinute");
            Objects.requireNonNull(waited, "waited");
            Objects.requireNonNull(closedFor, "closedFor");
        }
    }

    /** Builds a {@link PacedChatModel}. Not thread-safe. */
    public static final class Builder {
        private final ChatModel model;
        private ProviderLimits limits = new ProviderLimits();
        private int maxConcurrency = 256;
        private double requestsPerMinute = Double.POSITIVE_INFINITY;
        private double tokensPerMinute = Double.POSITIVE_INFINITY;
        private Duration longestPause = Duration.ofMinutes(5);

        private Builder(ChatModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /**
         * Where the provider's headers are read; by default nowhere, and only the words of refusals tell. The wrapped model must
         * be built on {@link ProviderLimits#httpClientBuilder()}.
         */
        public Builder limits(ProviderLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** The most calls under way at the same time, whatever the provider bears; 256 by default. */
        public Builder maxConcurrency(int maxConcurrency) {
            if (maxConcurrency < 1) {
                throw new IllegalArgumentException("maxConcurrency must be at least 1, was " + maxConcurrency);
            }
            this.maxConcurrency = maxConcurrency;
            return this;
        }

        /** The most calls a minute; unlimited by default, and less where the provider's headers say less. */
        public Builder requestsPerMinute(double requestsPerMinute) {
            this.requestsPerMinute = positive("requestsPerMinute", requestsPerMinute);
            return this;
        }

        /**
         * The most tokens a minute, of input and output together; unlimited by default, and less where the provider's headers say
         * less. A call counts with what it is expected to use when it goes, and with what it used when it is answered.
         */
        public Builder tokensPerMinute(double tokensPerMinute) {
            this.tokensPerMinute = positive("tokensPerMinute", tokensPerMinute);
            return this;
        }

        private static double positive(String name, double value) {
            if (!(value > 0)) {
                throw new IllegalArgumentException(name + " must be positive, was " + value);
            }
            return value;
        }

        /** The longest time to make no call after a refusal, even if the provider names a longer one; 5 minutes by default. */
        public Builder longestPause(Duration longestPause) {
            if (longestPause.isNegative() || longestPause.isZero()) {
                throw new IllegalArgumentException("longestPause must be positive, was " + longestPause);
            }
            this.longestPause = longestPause;
            return this;
        }

        ProviderLimits limits() {
            return limits;
        }

        double requestsPerSecond() {
            return requestsPerMinute / 60;
        }

        double tokensPerSecond() {
            return tokensPerMinute / 60;
        }

        Pace pace(long now) {
            return new Pace(maxConcurrency, longestPause, now);
        }

        /** Builds the model. */
        public PacedChatModel build() {
            return new PacedChatModel(this);
        }
    }
}
