package dev.lion.teacher.chat;

import java.time.Duration;

/**
 * When to try for more of a limit that is only known by its refusals, and how much more: not before some calls went through,
 * then a little, and twice as much in every second that brings no refusal. A refusal that confirms what was known makes the next
 * attempt wait for more calls, so that attempts cost few refusals in proportion. Times are nanoseconds. Not thread-safe.
 */
final class Climb {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_HOLD = 120 * SECOND;
    private static final int FIRST_CALLS = 15;
    private static final int CONFIRMED_CALLS = 250;
    private static final int MOST_CALLS = 1000;
    private static final double FIRST_GAIN = 0.01;

    private int hold = FIRST_CALLS;
    private int calls;
    private long from;
    private long next;
    private double gain = FIRST_GAIN;

    /**
     * By how much more to try with a call that is made now, as a share: 0 for not at all, 1 for twice as much. Counts the call.
     *
     * @param most the largest step
     */
    double gain(long now, double most) {
        calls++;
        if (now < next || (calls < hold && now - from < LONGEST_HOLD)) {
            return 0;
        }
        next = now + SECOND;
        double present = Math.min(most, gain);
        gain = Math.min(most, 2 * gain);
        return present;
    }

    /** Whether more is tried than what was known to be borne. */
    boolean isUnderWay() {
        return gain > FIRST_GAIN;
    }

    /** The limit was found again where it was known to be; the time is when calls may go again. */
    void confirmed(long now) {
        hold = hold == FIRST_CALLS ? CONFIRMED_CALLS : Math.min(MOST_CALLS, 2 * hold);
        restart(now, FIRST_GAIN);
    }

    /** The limit is another than was known; it is looked for sooner. */
    void moved(long now) {
        hold = FIRST_CALLS;
        restart(now, FIRST_GAIN);
    }

    /** Little is known about the limit yet, so it is looked for at once. */
    void freely(long now, double firstGain) {
        moved(now);
        gain = firstGain;
        calls = hold;
    }

    private void restart(long now, double firstGain) {
        from = now;
        next = now;
        calls = 0;
        gain = firstGain;
    }
}
