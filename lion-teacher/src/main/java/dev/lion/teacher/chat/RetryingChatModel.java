package dev.lion.teacher.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a failed call that may pass: by default up to 5 attempts, of which the last begins within 5 minutes of the first
 * failure, so that a first attempt that had to wait for its turn is repeated too; with pauses that double from 1 s to at
 * most 1 min and are shortened by up to half at random. A pause that the provider asks for is kept, however long, unless it
 * would end past the deadline: then, as after the last attempt, the call fails at once, with the last failure as the same
 * kind of LangChain4j exception, all attempts with their times in its message, and the earlier failures suppressed in it.
 * A failure that does not pass is thrown as it is.
 *
 * <p>A reply that is damaged ({@link SoundReply}) counts as a failed attempt. An interrupt ends a pause, and the call with
 * it; the flag stays set. Build the wrapped model with {@code maxRetries(0)}, or its own attempts come on top. It does not
 * cut an attempt short: that is what {@link DeadlineChatModel} is for. For any thread.
 */
public final class RetryingChatModel extends ChatModelDecorator {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingChatModel.class);

    private final Predicate<CallFailure> repeated;
    private final int maxAttempts;
    private final BackOff backOff;
    private final Duration deadline;
    private final Optional<ProviderLimits> limits;
    private final RetryListener listener;
    private final Waiting waiting;
    private volatile boolean answered;
    private final LongAdder calls = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    private RetryingChatModel(Builder builder) {
        super(builder.model);
        this.repeated = builder.repeated;
        this.maxAttempts = builder.maxAttempts;
        this.backOff = new BackOff(builder.firstPause, builder.longestPause, builder.seed);
        this.deadline = builder.deadline;
        this.limits = builder.limits;
        this.listener = builder.listener;
        this.waiting = builder.waiting;
    }

    /** With the default settings. */
    public static RetryingChatModel of(ChatModel model) {
        return builder(model).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /** What was repeated so far. */
    public RetryCounts counts() {
        return new RetryCounts(calls.sum(), attempts.sum(), recovered.sum(), givenUp.sum());
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        Attempts failed = new Attempts();
        try {
            while (true) {
                long earlierReplies = limits.map(ProviderLimits::replies).orElse(0L);
                try {
                    attempts.increment();
                    ChatResponse response = SoundReply.require(request, ask(request, options));
                    answered = true;
                    if (failed.count() > 0) {
                        recovered.increment();
                    }
                    return response;
                } catch (RuntimeException e) {
                    pauseOrGiveUp(failed, e, earlierReplies);
                }
            }
        } finally {
            calls.increment();
        }
    }

    // returns when another attempt is due
    private void pauseOrGiveUp(Attempts failed, RuntimeException failure, long earlierReplies) {
        CallFailure known = CallFailure.of(failure);
        Duration passed = failed.failed(failure, known, waiting.nanos());
        if (!known.isPassing()) {
            throw failed.last();
        }
        if (!repeated.test(known)) {
            throw failed.givenUp("the last of which is not repeated");
        }
        if (failed.count() >= maxAttempts && !isAway(known)) {
            givenUp.increment();
            throw failed.givenUp("the most that are made");
        }
        Duration pause = pause(failed.count(), failure, known, earlierReplies);
        if (passed.plus(pause).compareTo(deadline) >= 0) {
            givenUp.increment();
            throw failed.givenUp("as the next would come " + Attempts.seconds(pause) + " later, past the deadline of "
                    + Attempts.seconds(deadline));
        }
        tell(failed.count(), known, pause);
        sleep(pause, failed);
    }

    /** Whether a server that has answered before cannot be reached: it may be starting anew, and no call can do without it. */
    private boolean isAway(CallFailure known) {
        return known.reason() == CallFailure.Reason.UNREACHABLE && answered;
    }

    private Duration pause(int attempt, RuntimeException failure, CallFailure known, long earlierReplies) {
        Duration own = backOff.after(attempt);
        Optional<Duration> advised =
                ProviderLimits.retryAfter(failure).or(() -> limits.flatMap(it -> it.retryAfter(known, earlierReplies)));
        return advised.map(backOff::atLeast)
                .filter(longer -> longer.compareTo(own) > 0)
                .orElse(own);
    }

    private void tell(int attempt, CallFailure known, Duration pause) {
        LOG.debug("attempt {} failed ({}); the next one in {}", attempt, known, pause);
        try {
            listener.repeating(attempt, known, pause);
        } catch (RuntimeException e) {
            LOG.warn("the listener of the retries failed", e);
        }
    }

    private void sleep(Duration pause, Attempts failed) {
        try {
            waiting.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed.interrupted(e);
        }
    }

    /** Settings of a {@link RetryingChatModel}. For one thread. */
    public static final class Builder {
        private final ChatModel model;
        private Predicate<CallFailure> repeated = known -> true;
        private int maxAttempts = 5;
        private Duration firstPause = Duration.ofSeconds(1);
        private Duration longestPause = Duration.ofMinutes(1);
        private Duration deadline = Duration.ofMinutes(5);
        private long seed = System.nanoTime();
        private Optional<ProviderLimits> limits = Optional.empty();
        private RetryListener listener = (attempt, failure, pause) -> {};
        private Waiting waiting = Waiting.SYSTEM;

        private Builder(ChatModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /**
         * Repeats only what is known not to have been charged: requests over a limit, and those that nobody took. Somebody else
         * keeps the books then, and repeats the rest. By default every failure that may pass is repeated.
         */
        public Builder onlyUncharged() {
            repeated = CallFailure::isUnbilled;
            return this;
        }

        /**
         * The most attempts of a call, the first one included; 5 by default. A server that has answered before and cannot be
         * reached now is tried until the deadline.
         */
        public Builder maxAttempts(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxAttempts must be 1 or more, but is " + value);
            }
            maxAttempts = value;
            return this;
        }

        /** The pause before the second attempt, doubled before each further one; 1 s by default. */
        public Builder firstPause(Duration value) {
            firstPause = requirePositive("firstPause", value);
            return this;
        }

        /** The longest pause that the provider did not ask for; 1 min by default. */
        public Builder longestPause(Duration value) {
            longestPause = requirePositive("longestPause", value);
            return this;
        }

        /**
         * How long after its first failure the last attempt of a call may begin; 5 min by default. Keep it, with the time that
         * the first attempt takes, below what the caller gives a call: lion's loop interrupts one after {@code callTimeout},
         * which is 10 min by default.
         */
        public Builder deadline(Duration value) {
            deadline = requirePositive("deadline", value);
            return this;
        }

        /** Where the spread of the pauses comes from; another seed in every model by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** What the provider's headers say; without, only its words are heeded ("Please try again in 1.2s"). */
        public Builder limits(ProviderLimits value) {
            limits = Optional.of(value);
            return this;
        }

        /** Who is told of repeated attempts; nobody by default. */
        public Builder listener(RetryListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        Builder waiting(Waiting value) {
            waiting = value;
            return this;
        }

        private static Duration requirePositive(String what, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(what + " must be above 0, but is " + value);
            }
            return value;
        }

        /** The model. */
        public RetryingChatModel build() {
            return new RetryingChatModel(this);
        }
    }
}
