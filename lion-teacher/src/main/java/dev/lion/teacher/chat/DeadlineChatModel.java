package dev.lion.teacher.chat;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each call so much time, 5 minutes by default, and its caller an answer or a failure by then. A client's own time-out
 * often ends with the reply's headers, and does not bound a body that drips or never ends.
 *
 * <p>The call runs on another thread, a daemon named {@code lion-model-call-n}. At the deadline it is interrupted, which
 * closes the connection of a well-behaved client, and the caller gets LangChain4j's {@link TimeoutException}, even if the call
 * goes on. There are as many threads as callers, and those that are left behind in calls that ignore the interrupt: when
 * these are more than {@code maxLeftBehind}, calls are refused with a {@link TimeoutException} until some have ended. A reply
 * that comes too late is not returned; a {@link LateReplyListener} may learn of it. The caller's own interrupt is passed on
 * to the call, and its flag stays set.
 *
 * <p>The model's listeners run on that other thread. What an application keeps in thread-locals is not there, but for slf4j's
 * MDC, which is carried over. For any thread.
 */
public final class DeadlineChatModel extends ChatModelDecorator {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Duration deadline;
    private final int maxLeftBehind;
    private final LateReplyListener late;
    private final AtomicInteger leftBehind = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(DeadlineChatModel::newThread);

    private DeadlineChatModel(Builder builder) {
        super(builder.model);
        this.deadline = builder.deadline;
        this.maxLeftBehind = builder.maxLeftBehind;
        this.late = builder.late;
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "lion-model-call-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** A model with so much time for each call. */
    public static DeadlineChatModel of(ChatModel model, Duration deadline) {
        return builder(model).deadline(deadline).build();
    }

    /** A builder, for other settings. */
    public static Builder builder(ChatModel model) {
        return new Builder(model);
    }

    /** How many calls are past their deadline, or their caller's interrupt, and have not ended. */
    public int leftBehind() {
        return leftBehind.get();
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        if (leftBehind.get() > maxLeftBehind) {
            throw new TimeoutException(
                    leftBehind.get() + " calls are past their deadline of " + Attempts.seconds(deadline)
                            + " and do not end when they are interrupted, so no more are begun;"
                            + " look at the client and at the server",
                    new NotSentException("no call was made"));
        }
        LimitedCall call =
                new LimitedCall(() -> ask(request, options), reply -> late.arrived(request, reply), leftBehind);
        threads.execute(call);
        try {
            return call.await(deadline);
        } catch (java.util.concurrent.TimeoutException e) {
            return call.giveUp(
                    new TimeoutException(
                            "no whole reply within the deadline of "
                                    + Attempts.seconds(deadline)
                                    + ", so the call was interrupted; a model that needs longer must be given more time or fewer tokens"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return call.giveUp(new LangChain4jException("interrupted while waiting for the model", e));
        }
    }

    /** Settings of a {@link DeadlineChatModel}. For one thread. */
    public static final class Builder {
        private final ChatModel model;
        private Duration deadline = Duration.ofMinutes(5);
        private int maxLeftBehind = 64;
        private LateReplyListener late = (request, response) -> {};

        private Builder(ChatModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /** How long a call may take, to the last byte of its reply; 5 min by default. */
        public Builder deadline(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("deadline must be above 0, but is " + value);
            }
            deadline = value;
            return this;
        }

        /** How many calls may go on past their deadline before no more are begun; 64 by default. */
        public Builder maxLeftBehind(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("maxLeftBehind must be 0 or more, but is " + value);
            }
            maxLeftBehind = value;
            return this;
        }

        /** Who is told of replies that came too late; nobody by default. */
        public Builder lateReplies(LateReplyListener value) {
            late = Objects.requireNonNull(value, "lateReplies");
            return this;
        }

        /** The model. */
        public DeadlineChatModel build() {
            return new DeadlineChatModel(this);
        }
    }
}
