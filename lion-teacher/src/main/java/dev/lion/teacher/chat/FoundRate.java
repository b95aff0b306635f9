package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * The rate of calls that a provider bears, found by its refusals.
 *
 * <p>Between two moments at which a provider has just refused a call and named the time to come back, it has let through what
 * its limit allows: the calls of that cycle, by its time, are a rate that is borne. They are exactly the limit if the provider
 * saves up what is not used while nobody calls, as a bucket does and a long window; one that does not, such as a window of a second,
 * bears more, but less than what it refused. So the rate is looked for between the two, until the cycles tell which it is.
 *
 * <p>Rates are per second, times in nanoseconds. Not thread-safe.
 */
final class FoundRate {
    private static final double SECOND = 1e9;
    private static final long LONG_PAUSE = Duration.ofSeconds(5).toNanos();

    /** What is tried at first, and how much faster in every second that brings no refusal. */
    private static final double FIRST = 20;

    private static final double FIRST_GAIN = 2;

    /** What is tried while the only cycle that is known may have begun with a burst. */
    private static final double PROVISIONAL = 2;

    private static final double PROVISIONAL_GAIN = 0.25;

    /** The largest step below what was refused before, and above. */
    private static final double FAR = 0.5;

    private static final double NEAR = 0.08;
    private static final double NEAR_SHARE = 0.8;

    /** How much of a rate that was found is used, so that a small error is not a refusal. */
    private static final double SHARE = 0.985;

    private static final double UNDER_REFUSED = 0.97;
    private static final double CONFIRMED = 0.1;
    private static final double STABLE = 0.07;
    private static final double OTHER_LENGTH = 1.5;
    private static final double FEW_CALLS = 1.5;

    private final Climb climb = new Climb();
    private double rate = FIRST;
    /** The rate before the latest step up. */
    private double beforeStep = FIRST;
    /** The rate from which the climb began. */
    private double held = FIRST;
    /** The rate at which a call was refused. */
    private double refused = Double.POSITIVE_INFINITY;
    /** The highest rate that is known to be borne, and what was made of it; nothing yet. */
    private double borne = Double.NaN;

    private double found = Double.NaN;
    /** Whether there was no refusal yet. */
    private boolean unlimited = true;
    /** Whether the provider is known to save up what is not used. */
    private boolean saves;

    private Cycle cycle;
    private long echoUntil = Long.MIN_VALUE;
    private double lastMeasured = Double.NaN;
    private long lastLength;
    private long lastPause;
    private int lastCalls;
    private int sinceReopening;
    private long cycleEnd;
    /** What was known before the latest lesson, until it is sure that a call was let through before that. */
    private Optional<Lesson> doubted = Optional.empty();
    /** How many calls of the cycle that ended with the latest lesson may have been let through. */
    private int passed;

    /** What refusals have taught. */
    private record Lesson(double rate, double held, double refused, double borne, double found) {}

    /** The calls that were let through since the provider was open again. */
    private static final class Cycle {
        private final long start;
        private int calls;

        Cycle(long start) {
            this.start = start;
        }

        double perSecond(long end) {
            return calls * SECOND / Math.max(1, end - start);
        }
    }

    FoundRate(long now) {
        cycle = new Cycle(now);
        climb.freely(now, 1);
    }

    /** The present rate, which may be any as long as no call was refused. */
    double rate() {
        return rate;
    }

    /** Whether no call was refused yet. */
    boolean isUnlimited() {
        return unlimited;
    }

    /** Whether the rate comes from a refusal that was about it. */
    boolean isKnown() {
        return !Double.isNaN(found);
    }

    void started() {
        cycle.calls++;
        sinceReopening++;
    }

    /** Nothing was asked for a while, so what was counted says nothing about the limit. */
    void idle(long now) {
        cycle = new Cycle(now);
    }

    /** More calls want to go than the rate lets. */
    void reached(long now) {
        double gain = climb.gain(now, unlimited ? FIRST_GAIN : rate < NEAR_SHARE * refused ? FAR : NEAR);
        if (gain > 0) {
            beforeStep = rate;
            rate *= 1 + gain;
        }
    }

    /** A call was refused for another reason than the rate, or nobody can tell yet. */
    void notTheReason(long now, long reopening) {
        double measured = measure(now, reopening);
        doubted = Optional.empty();
        if (isKnown()) {
            rate = climb.isUnderWay() ? beforeStep : rate;
            climb.moved(reopening);
        } else {
            double provisional = PROVISIONAL * Math.max(measured, SECOND / Math.max(SECOND, (double) lastLength));
            rate = unlimited ? provisional : Math.max(rate, provisional);
            climb.freely(reopening, PROVISIONAL_GAIN);
        }
        unlimited = false;
    }

    /** A call was refused for the rate. */
    void exceeded(long now, long reopening) {
        passed = sinceReopening - 1;
        doubted = Optional.empty();
        boolean climbing = climb.isUnderWay() && isKnown();
        long open = now - cycle.start;
        double measured = measure(now, reopening);
        if (passed <= 0) {
            // nothing was let through: an outage, or a pause that was too short, which says nothing about the rate
            cycle = new Cycle(reopening);
            climb.moved(reopening);
        } else {
            doubted = Optional.of(new Lesson(rate, held, refused, borne, found));
            learn(measured, climbing, open, reopening);
        }
        unlimited = false;
    }

    private void learn(double measured, boolean climbing, long open, long reopening) {
        double before = found;
        long pause = reopening - cycleEnd;
        refused = rate;
        find(measured, climbing, open, pause);
        boolean isSure = saves || pause >= LONG_PAUSE;
        if ((isSure || climbing) && Math.abs(found / before - 1) < CONFIRMED) {
            climb.confirmed(reopening);
        } else {
            climb.moved(reopening);
        }
        rate = Math.min(rate, SHARE * found);
        held = rate;
        refused = isSure ? rate : refused;
    }

    private void find(double measured, boolean climbing, long open, long pause) {
        if (climbing && wasHeldLongEnough(open)) {
            borne = held;
        }
        borne = climbing ? Math.max(borne, measured) : measured;
        lastPause = pause;
        boolean wasPauseShort = !climbing && pause * borne < FEW_CALLS * SECOND;
        if (saves || unlimited || wasPauseShort || pause >= LONG_PAUSE) {
            found = borne;
        } else {
            found = between(borne, Math.max(borne, climbing ? beforeStep : UNDER_REFUSED * rate));
        }
    }

    /** Whether the rate was held so long that what the provider had saved up in the pause cannot be why. */
    private boolean wasHeldLongEnough(long open) {
        return held > borne && open > 2 * borne * lastPause / (held - borne);
    }

    private static double between(double low, double high) {
        return high > 4 * low ? Math.sqrt(low * high) : (low + high) / 2;
    }

    /** Ends the cycle. Cycles of different lengths with the same rate show that pauses are saved up. */
    private double measure(long now, long reopening) {
        double measured = cycle.perSecond(reopening);
        long length = reopening - cycle.start;
        boolean other = length > OTHER_LENGTH * lastLength || OTHER_LENGTH * length < lastLength;
        saves |= other && Math.abs(measured / lastMeasured - 1) < STABLE;
        cycleEnd = now;
        sinceReopening = 0;
        lastMeasured = measured;
        lastLength = length;
        lastCalls = cycle.calls;
        if (now >= echoUntil) {
            cycle = new Cycle(reopening);
        }
        if (reopening - now >= LONG_PAUSE) {
            // a window that slides forgets the burst that filled it only as it slides on
            echoUntil = reopening + 2 * (reopening - now);
        }
        return measured;
    }

    /** One more call of the cycle that has just ended was refused, so it let through one less, or none at all. */
    void alsoRefused() {
        passed--;
        if (passed == 0 && doubted.isPresent()) {
            forget(doubted.get());
            doubted = Optional.empty();
        } else if (lastCalls > 1) {
            double share = (lastCalls - 1.0) / lastCalls;
            rate *= share;
            held *= share;
            borne *= share;
            found *= share;
            lastMeasured *= share;
            lastCalls--;
        }
    }

    private void forget(Lesson before) {
        rate = before.rate();
        held = before.held();
        refused = before.refused();
        borne = before.borne();
        found = before.found();
    }
}
