package dev.lion.loop;

import java.util.Optional;

/** One attempt of a call, or the pause before the next one. Its own thread begins and ends it, the watch may cut it short. */
final class Awaited {
    private enum State {
        UNDER_WAY,
        INTERRUPTED,
        ABANDONED,
        ENDED
    }

    /** How an attempt ended. */
    enum End {
        /** By itself. */
        IN_TIME,
        /** After the watch interrupted it. */
        INTERRUPTED,
        /** Too late to be of use: somebody else is doing its work. */
        ABANDONED
    }

    private final CallSite site;
    private final Optional<Integer> attempt;
    private final long since;
    private final Thread thread = Thread.currentThread();
    private State state = State.UNDER_WAY;

    private Awaited(CallSite site, Optional<Integer> attempt, long since) {
        this.site = site;
        this.attempt = attempt;
        this.since = since;
    }

    static Awaited attempt(CallSite site, int attempt, long since) {
        return new Awaited(site, Optional.of(attempt), since);
    }

    static Awaited pause(CallSite site, long since) {
        return new Awaited(site, Optional.empty(), since);
    }

    CallSite site() {
        return site;
    }

    /** When it began, on the watch's clock. */
    long since() {
        return since;
    }

    /** What is waited for, in words. */
    String describe() {
        return (attempt.isPresent() ? "" : "the pause before another attempt of ") + site.describe();
    }

    /** Interrupts the attempt, if it is under way and has a time limit. */
    synchronized boolean interrupt() {
        boolean due = state == State.UNDER_WAY
                && attempt.isPresent()
                && site.abandon().isPresent();
        if (due) {
            state = State.INTERRUPTED;
            thread.interrupt();
        }
        return due;
    }

    /** Gives the attempt up, if it was interrupted and has not ended. */
    boolean abandon() {
        synchronized (this) {
            if (state != State.INTERRUPTED) {
                return false;
            }
            state = State.ABANDONED;
        }
        site.abandon().orElseThrow().accept(attempt.orElseThrow());
        return true;
    }

    /** Ends the attempt, on its own thread; an interrupt that came from the watch ends with it. */
    synchronized End end() {
        State before = state;
        if (before == State.UNDER_WAY) {
            state = State.ENDED;
            return End.IN_TIME;
        }
        Thread.interrupted();
        if (before == State.ABANDONED) {
            return End.ABANDONED;
        }
        state = State.ENDED;
        return End.INTERRUPTED;
    }
}
