package dev.lion.teacher.chat;

import dev.lion.teacher.chat.PacedChatModel.Outcome;
import dev.lion.teacher.chat.PacedChatModel.Statistics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Callers in the order in which they came, of whom the first waits for its call and the others for their turn to be first, all
 * asleep. For any thread.
 */
final class PaceQueue {
    private static final Logger LOG = LoggerFactory.getLogger(PacedChatModel.class);
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(30);
    private static final int SERVER_ERROR = 500;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ProviderLimits limits;
    private final double requestsPerSecond;
    private final double tokensPerSecond;
    private final Pace pace;
    private long calls;
    private long refused;
    private long waited;

    PaceQueue(PacedChatModel.Builder settings) {
        limits = settings.limits();
        requestsPerSecond = settings.requestsPerSecond();
        tokensPerSecond = settings.tokensPerSecond();
        pace = settings.pace(System.nanoTime());
    }

    /** Waits until a call may go. Every call must {@linkplain #ended end}. */
    Pace.Call await(double expectedTokens) throws InterruptedException {
        long since = System.nanoTime();
        waiting.incrementAndGet();
        try {
            turn.lockInterruptibly();
            try {
                return awaitFirst(expectedTokens, since);
            } finally {
                turn.unlock();
            }
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Pace.Call awaitFirst(double expectedTokens, long since) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long now = System.nanoTime();
            for (long time = waitTime(now); time > 0; time = waitTime(now)) {
                changed.await(time, TimeUnit.NANOSECONDS);
                now = System.nanoTime();
            }
            calls++;
            waited += now - since;
            return pace.start(now, expectedTokens);
        } finally {
            lock.unlock();
        }
    }

    private long waitTime(long now) {
        pace.name(
                Math.min(requestsPerSecond, perSecond(limits.requests())),
                Math.min(tokensPerSecond, perSecond(limits.tokens())));
        return pace.waitTime(now);
    }

    private static double perSecond(Optional<Quota> quota) {
        return quota.map(Quota::perMinute)
                .filter(OptionalLong::isPresent)
                .map(limit -> limit.getAsLong() / 60.0)
                .orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * What a failure says about limits: the provider refuses a call as too many, or asks for a pause after an error.
     *
     * @param earlierReplies the replies that were observed before the call was made, whose pauses are not this failure's
     */
    Outcome outcome(RuntimeException failure, long earlierReplies) {
        CallFailure known = CallFailure.of(failure);
        Optional<Duration> pause =
                limits.retryAfter(known, earlierReplies).or(() -> ProviderLimits.retryAfter(failure));
        OptionalInt status = known.status();
        boolean isOverloaded = pause.isPresent() && status.isPresent() && status.getAsInt() >= SERVER_ERROR;
        return known.reason() == CallFailure.Reason.RATE_LIMITED || isOverloaded
                ? new Outcome.Refused(pause)
                : Outcome.FAILED;
    }

    /** How many replies of the provider were observed so far. */
    long replies() {
        return limits.replies();
    }

    void ended(Pace.Call call, Outcome outcome) {
        lock.lock();
        try {
            if (outcome instanceof Outcome.Answered answered) {
                pace.succeeded(call, answered.tokens());
            } else if (outcome instanceof Outcome.Refused refusal) {
                refuse(call, refusal);
            } else {
                pace.failed(call);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void refuse(Pace.Call call, Outcome.Refused refusal) {
        long now = System.nanoTime();
        boolean wasOpen = pace.closedFor(now).isZero();
        pace.refused(call, now, refusal.pause());
        refused++;
        Duration closed = pace.closedFor(now);
        if (wasOpen && closed.compareTo(WORTH_A_WARNING) >= 0) {
            LOG.warn("The provider refuses calls; none is made for {} s", closed.toSeconds());
        }
    }

    Statistics statistics() {
        lock.lock();
        try {
            double rate = 60 * pace.rate();
            return new Statistics(
                    calls,
                    refused,
                    pace.underWay(),
                    waiting.get(),
                    pace.limit(),
                    rate < Double.POSITIVE_INFINITY ? OptionalDouble.of(rate) : OptionalDouble.empty(),
                    Duration.ofNanos(waited),
                    pace.closedFor(System.nanoTime()));
        } finally {
            lock.unlock();
        }
    }
}
