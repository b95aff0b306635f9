package dev.lion.student.decoding;

import dev.lion.student.decoder.TensorThreads;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Whether an answer of a small decoder that is alone is written by one processor or by all, whichever is faster at the moment.
 * All wait for each other at every product, so that beside other work they may be many times slower: what calls on all of
 * them lost is followed by {@value #PATIENCE} times as long on one. May be used from any thread.
 */
final class ProcessorChoice {
    /** The first call on all processors may turn out long, so it is to write no more; the next writes four times as many. */
    static final int TOKENS_OF_TRIAL = 2;

    /** What all processors lose is a 32nd of the time at most. */
    static final int PATIENCE = 32;

    /** Nanoseconds of work on one processor before the first trial. */
    static final double FIRST_WORK = 20e6;

    /** After so many calls on all processors one of them writes alone again, to compare. */
    static final int CALLS_ON_ALL = 64;

    private static final double WEIGHT_OF_LAST = 0.25;

    private final TensorThreads threads;
    private final LongSupplier nanoseconds;
    /** Of one token by one processor; 0 as long as it is not known. */
    private double byOne;
    /** Work on one processor before all are tried. */
    private double owed = FIRST_WORK;

    private boolean all;
    private int callsOnAll;
    /** What the first call on all lost, in nanoseconds: its thread, helpers and their memory may have to be made. */
    private double beginning;
    /** What all processors saved since then. */
    private double won;

    ProcessorChoice(TensorThreads threads, LongSupplier nanoseconds) {
        this.threads = threads;
        this.nanoseconds = nanoseconds;
    }

    /** Tokens of the next call, where most could be written. */
    synchronized int tokens(int most) {
        return all && callsOnAll < 2 ? Math.min(most, TOKENS_OF_TRIAL << (2 * callsOnAll)) : most;
    }

    /**
     * Runs a call that writes tokens, on a thread that makes passes.
     *
     * @param written how many the call wrote after a row, which are fewer than it was to write when an answer ended
     */
    <T> T run(Supplier<T> call, ToIntFunction<T> written) {
        boolean onAll = isOnAll();
        long start = nanoseconds.getAsLong();
        T result = onAll ? threads.onAll(call) : call.get();
        long nanos = nanoseconds.getAsLong() - start;
        took(onAll, written.applyAsInt(result), nanos);
        return result;
    }

    synchronized boolean isOnAll() {
        return all;
    }

    private synchronized void took(boolean onAll, int tokens, long nanos) {
        if (onAll) {
            callsOnAll++;
            double saved = tokens * byOne - nanos;
            if (callsOnAll == 1) {
                beginning = Math.min(0, saved);
            } else {
                won += saved;
            }
            all = won >= 0 && callsOnAll < CALLS_ON_ALL;
            owed = PATIENCE * Math.max(0, -won - beginning);
        } else {
            double last = (double) nanos / tokens;
            byOne = byOne == 0 ? last : byOne + WEIGHT_OF_LAST * (last - byOne);
            owed -= nanos;
            all = owed <= 0;
            callsOnAll = 0;
            won = 0;
        }
    }
}
