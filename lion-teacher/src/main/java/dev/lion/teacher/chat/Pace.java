package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the next call may go. Times are nanoseconds from any origin, which the caller reads from its clock. Not
 * thread-safe.
 */
final class Pace {
    /** Until another call ends. */
    static final long UNTIL_A_CALL_ENDS = Duration.ofDays(365).toNanos();

    /** How much of a rate that somebody names is used, so that a small error of the clocks is not a refusal. */
    private static final double SHARE = 0.99;

    private static final long IDLE = Duration.ofSeconds(5).toNanos();
    /** A provider that wants so long a pause counts calls in a time, not calls at the same time. */
    private static final long LONG_PAUSE = Duration.ofSeconds(5).toNanos();

    private final Concurrency concurrency;
    private final FoundRate found;
    private final Pause pause;
    private final Flow requests = new Flow();
    private final Flow tokens = new Flow();
    private double namedRate = Double.POSITIVE_INFINITY;
    private double namedTokenRate = Double.POSITIVE_INFINITY;

    private int underWay;
    private long closedUntil;
    private long lastStart;
    private Wait reason = Wait.NONE;
    private long lastRefusal = Long.MIN_VALUE;
    private int refusedBeside = -1;
    private int borneBeside = -1;
    private int alike;

    /** What the next call has to wait for. */
    enum Wait {
        NONE,
        PROVIDER,
        CONCURRENCY,
        REQUESTS,
        TOKENS
    }

    /**
     * A call that was let go.
     *
     * @param start when
     * @param beside how many were under way already
     * @param tokens what it is expected to use
     * @param waitedFor what it waited for last
     */
    record Call(long start, int beside, double tokens, Wait waitedFor) {}

    Pace(int maxConcurrency, Duration longestPause, long now) {
        concurrency = new Concurrency(maxConcurrency);
        found = new FoundRate(now);
        pause = new Pause(longestPause);
        closedUntil = now;
        lastStart = now;
    }

    /** Sets the rates that somebody names, per second; infinite for unknown. */
    void name(double requestRate, double tokenRate) {
        namedRate = SHARE * requestRate;
        namedTokenRate = SHARE * tokenRate;
    }

    /** Requests per second at present; infinite while nothing is known of a limit. */
    double rate() {
        return found.isUnlimited() ? namedRate : Math.min(namedRate, found.rate());
    }

    int limit() {
        return concurrency.limit();
    }

    int underWay() {
        return underWay;
    }

    /** How long the provider wants no call. */
    Duration closedFor(long now) {
        return Duration.ofNanos(Math.max(0, closedUntil - now));
    }

    /** How long the next call has to wait from now: 0 for not at all, or {@link #UNTIL_A_CALL_ENDS}. */
    long waitTime(long now) {
        if (closedUntil > now) {
            return wait(Wait.PROVIDER, closedUntil - now);
        }
        if (underWay >= concurrency.limit()) {
            return wait(Wait.CONCURRENCY, UNTIL_A_CALL_ENDS);
        }
        long forRequests = requests.waitTime(now);
        long forTokens = tokens.waitTime(now);
        if (forRequests == 0 && forTokens == 0) {
            return 0;
        }
        return forRequests >= forTokens ? wait(Wait.REQUESTS, forRequests) : wait(Wait.TOKENS, forTokens);
    }

    private long wait(Wait why, long time) {
        reason = why;
        return time;
    }

    /** Lets the next call go. */
    Call start(long now, double expectedTokens) {
        if (reason == Wait.CONCURRENCY) {
            concurrency.reached(now);
        } else if (reason == Wait.REQUESTS && found.rate() <= namedRate) {
            found.reached(now);
        } else if (reason == Wait.NONE && now - lastStart > IDLE) {
            found.idle(now);
        }
        var call = new Call(now, underWay++, expectedTokens, reason);
        reason = Wait.NONE;
        lastStart = now;
        found.started();
        requests.take(now, 1, Math.min(namedRate, found.rate()));
        tokens.take(now, expectedTokens, namedTokenRate);
        return call;
    }

    /** A call was answered, and this many tokens were used. */
    void succeeded(Call call, double usedTokens) {
        underWay--;
        tokens.settle(usedTokens - call.tokens(), namedTokenRate);
        concurrency.succeeded(underWay);
        if (call.start() > lastRefusal) {
            pause.over();
            borneBeside = Math.max(borneBeside, call.beside());
        }
    }

    /** A call failed, but not because there were too many. */
    void failed(Call call) {
        underWay--;
    }

    /** There were too many calls, and the provider wants a pause; one of its own choice if it does not say. */
    void refused(Call call, long now, Optional<Duration> wanted) {
        underWay--;
        tokens.settle(-call.tokens(), namedTokenRate);
        boolean isNews = call.start() > lastRefusal;
        closedUntil = Math.max(closedUntil, now + (isNews ? pause.begin(wanted) : pause.again(wanted)));
        if (isNews) {
            learn(call, now);
        } else {
            found.alsoRefused();
        }
        lastRefusal = now;
        requests.restart(closedUntil);
    }

    /**
     * What a refusal is about. If it is the number of calls at the same time, calls are refused beside the same number, and none was
     * answered beside as many; a rate that was waited for must be in doubt twice.
     */
    private void learn(Call call, long now) {
        boolean isLong = closedUntil - now >= LONG_PAUSE;
        boolean same = !isLong && call.beside() == refusedBeside && call.beside() > borneBeside;
        alike = same ? alike + 1 : 0;
        refusedBeside = call.beside();
        borneBeside = -1;
        boolean isNumber = alike > (found.isKnown() && call.waitedFor() == Wait.REQUESTS ? 1 : 0);
        if (isNumber) {
            concurrency.exceeded(call.beside(), closedUntil);
        }
        if (isNumber || (found.isUnlimited() && !isLong)) {
            found.notTheReason(now, closedUntil);
        } else {
            found.exceeded(now, closedUntil);
        }
    }
}
