package dev.lion.examples.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** What a server allows, in seconds since it started. For one thread at a time. */
interface ServerLimit {
    /** The time that a call takes on the average. */
    double MEAN_SECONDS = 1.1;

    /** The tokens that a call uses on the average. */
    int MEAN_TOKENS = 200;

    /**
     * Lets a call through, with 0, or refuses it and says after how many seconds to come back.
     *
     * @param tokens what the call will use
     */
    double ask(double now, int tokens);

    /** A call that was let through was answered. */
    default void end() {}

    /** How many calls are allowed in a time, but for what may be left over from before. */
    double allowedCalls(double seconds);

    /** The headers in which a provider would tell the limit. */
    Map<String, String> headers();

    /** Fills evenly, and holds what comes in some time; the rate may change by a factor at a time. */
    final class Bucket implements ServerLimit {
        private final double perSecond;
        private final double size;
        private final double changeAt;
        private final double factor;
        private double level;
        private double last;

        Bucket(double perSecond, double secondsOfBurst, double changeAt, double factor) {
            this.perSecond = perSecond;
            this.size = Math.max(1, perSecond * secondsOfBurst);
            this.changeAt = changeAt;
            this.factor = factor;
            this.level = size;
        }

        @Override
        public double ask(double now, int tokens) {
            return take(now, 1);
        }

        double take(double now, double amount) {
            double present = now < changeAt ? perSecond : factor * perSecond;
            level = Math.min(size, level + (now - last) * present);
            last = now;
            if (level >= amount) {
                level -= amount;
                return 0;
            }
            return (amount - level) / present;
        }

        @Override
        public double allowedCalls(double seconds) {
            return perSecond * (Math.min(seconds, changeAt) + factor * Math.max(0, seconds - changeAt));
        }

        @Override
        public Map<String, String> headers() {
            double present = last < changeAt ? perSecond : factor * perSecond;
            return Map.of("x-ratelimit-limit-requests", String.valueOf(Math.round(60 * present)));
        }
    }

    /** A bucket of tokens rather than calls. */
    final class Tokens implements ServerLimit {
        private final double callsPerSecond;
        private final Bucket bucket;

        Tokens(double callsPerSecond) {
            this.callsPerSecond = callsPerSecond;
            this.bucket = new Bucket(callsPerSecond * MEAN_TOKENS, 2, Double.POSITIVE_INFINITY, 1);
        }

        @Override
        public double ask(double now, int tokens) {
            return bucket.take(now, tokens);
        }

        @Override
        public double allowedCalls(double seconds) {
            return callsPerSecond * seconds;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("x-ratelimit-limit-tokens", String.valueOf(Math.round(60 * callsPerSecond * MEAN_TOKENS)));
        }
    }

    /** So many calls in every window of the clock. */
    final class Window implements ServerLimit {
        private final double perSecond;
        private final double length;
        private long present = -1;
        private int used;

        Window(double perSecond, double length) {
            this.perSecond = perSecond;
            this.length = length;
        }

        @Override
        public double ask(double now, int tokens) {
            long window = (long) (now / length);
            if (window != present) {
                present = window;
                used = 0;
            }
            return used++ < perSecond * length ? 0 : (window + 1) * length - now;
        }

        @Override
        public double allowedCalls(double seconds) {
            return perSecond * seconds;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("x-ratelimit-limit-requests", String.valueOf(Math.round(60 * perSecond)));
        }
    }

    /** So many calls in any time of some length. */
    final class Sliding implements ServerLimit {
        private final double perSecond;
        private final double length;
        private final Deque<Double> recent = new ArrayDeque<>();

        Sliding(double perSecond, double length) {
            this.perSecond = perSecond;
            this.length = length;
        }

        @Override
        public double ask(double now, int tokens) {
            while (!recent.isEmpty() && recent.getFirst() <= now - length) {
                recent.removeFirst();
            }
            if (recent.size() < perSecond * length) {
                recent.addLast(now);
                return 0;
            }
            return recent.getFirst() + length - now;
        }

        @Override
        public double allowedCalls(double seconds) {
            return perSecond * seconds;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("x-ratelimit-limit-requests", String.valueOf(Math.round(60 * perSecond)));
        }
    }

    /** So many calls at the same time. */
    final class Concurrent implements ServerLimit {
        private final int most;
        private int underWay;

        Concurrent(int most) {
            this.most = most;
        }

        @Override
        public double ask(double now, int tokens) {
            if (underWay >= most) {
                return 1;
            }
            underWay++;
            return 0;
        }

        @Override
        public void end() {
            underWay--;
        }

        @Override
        public double allowedCalls(double seconds) {
            return most * seconds / MEAN_SECONDS;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }
}
