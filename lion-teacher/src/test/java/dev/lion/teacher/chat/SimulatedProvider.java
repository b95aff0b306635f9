package dev.lion.teacher.chat;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A provider and as many callers as are let go, on a clock that jumps from event to event. Answers take 0.2 to 2 s, a refusal 2 ms if nothing else is said,
 * a waking thread half a millisecond.
 */
final class SimulatedProvider {
    static final double MEAN_ANSWER = 1.1;

    private static final double NANOS = 1e9;
    private static final double ROUND_TRIP = 0.002;
    private static final double WAKING = 0.0005;

    private final SimulatedLimit limit;
    private final Random random;
    private final Pace pace;
    private final double roundTrip;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::number));
    private final Outcome outcome = new Outcome();
    private double now;
    private long number;

    private record Event(double time, long number, Runnable happens) {}

    /** What came of it. */
    static final class Outcome {
        int answered;
        int refused;
        int mostUnderWay;
        double longestClosed;

        double refusedShare() {
            return (double) refused / Math.max(1, answered + refused);
        }
    }

    SimulatedProvider(SimulatedLimit limit, long seed, Pace pace) {
        this(limit, seed, pace, ROUND_TRIP);
    }

    /** A provider so many seconds away, there and back. */
    SimulatedProvider(SimulatedLimit limit, long seed, Pace pace, double roundTrip) {
        this.roundTrip = roundTrip;
        this.limit = limit;
        this.random = new Random(seed);
        this.pace = pace;
    }

    /** A pace with the defaults, on a clock that begins at 0. */
    static Pace pace() {
        return new Pace(256, Duration.ofMinutes(5), 0);
    }

    private long nanos() {
        return (long) (now * NANOS);
    }

    /** Lets so many seconds pass. */
    Outcome run(double seconds) {
        double end = now + seconds;
        while (now < end) {
            long wait = pace.waitTime(nanos());
            if (wait == 0) {
                start();
                continue;
            }
            double wake = now + wait / NANOS + random.nextDouble() * WAKING;
            Event event = events.peek();
            if (event != null && event.time() <= wake) {
                events.remove(event);
                now = event.time();
                event.happens().run();
            } else {
                now = wake;
            }
        }
        return outcome;
    }

    private void start() {
        Pace.Call call = pace.start(nanos(), 1);
        outcome.mostUnderWay = Math.max(outcome.mostUnderWay, pace.underWay());
        after(roundTrip / 2, () -> arrive(call));
    }

    private void after(double time, Runnable happens) {
        events.add(new Event(now + time, number++, happens));
    }

    private void arrive(Pace.Call call) {
        double pause = limit.ask(now);
        if (pause > 0) {
            outcome.refused++;
            outcome.longestClosed = Math.max(outcome.longestClosed, pause);
            var wanted = Optional.of(Duration.ofNanos((long) (pause * NANOS)));
            after(roundTrip / 2, () -> pace.refused(call, nanos(), wanted));
        } else {
            outcome.answered++;
            after(0.2 + 1.8 * random.nextDouble(), () -> {
                limit.end();
                after(roundTrip / 2, () -> pace.succeeded(call, 1));
            });
        }
    }
}
