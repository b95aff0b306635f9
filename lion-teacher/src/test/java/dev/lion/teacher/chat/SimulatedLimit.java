package dev.lion.teacher.chat;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a simulated provider allows, in seconds of a simulated clock. */
interface SimulatedLimit {
    /** Lets a call through, with 0, or refuses it and says after how many seconds to come back. */
    double ask(double now);

    /** A call that was let through was answered. */
    default void end() {}

    /** How many calls are allowed in a time from the start, without bursts. */
    double allowed(double seconds);

    /** Whole seconds, as the header has them. */
    private static double wholeSeconds(double seconds) {
        return Math.max(1, Math.ceil(seconds));
    }

    /** Fills evenly, and holds as much as comes in some time. */
    final class Bucket implements SimulatedLimit {
        private final double rate;
        private final double size;
        private final double changeAt;
        private final double factor;
        private double level;
        private double last;

        Bucket(double rate, double size) {
            this(rate, size, Double.POSITIVE_INFINITY, 1);
        }

        /** A bucket whose rate changes by a factor at a time. */
        Bucket(double rate, double size, double changeAt, double factor) {
            this.rate = rate;
            this.size = size;
            this.changeAt = changeAt;
            this.factor = factor;
            level = size;
        }

        @Override
        public double ask(double now) {
            double present = now < changeAt ? rate : factor * rate;
            level = Math.min(size, level + (now - last) * present);
            last = now;
            if (level >= 1) {
                level--;
                return 0;
            }
            return wholeSeconds((1 - level) / present);
        }

        @Override
        public double allowed(double seconds) {
            return rate * (Math.min(seconds, changeAt) + factor * Math.max(0, seconds - changeAt));
        }
    }

    /** So many calls in every window of the clock. */
    final class Window implements SimulatedLimit {
        private final int calls;
        private final double length;
        private final double offset;
        private double present = -1;
        private int used;

        Window(int calls, double length, double offset) {
            this.calls = calls;
            this.length = length;
            this.offset = offset;
        }

        @Override
        public double ask(double now) {
            double window = Math.floor((now + offset) / length);
            if (window != present) {
                present = window;
                used = 0;
            }
            return used++ < calls ? 0 : wholeSeconds((window + 1) * length - offset - now);
        }

        @Override
        public double allowed(double seconds) {
            return calls * seconds / length;
        }
    }

    /** So many calls in any time of some length. */
    final class Sliding implements SimulatedLimit {
        private final int calls;
        private final double length;
        private final Deque<Double> recent = new ArrayDeque<>();

        Sliding(int calls, double length) {
            this.calls = calls;
            this.length = length;
        }

        @Override
        public double ask(double now) {
            while (!recent.isEmpty() && recent.getFirst() <= now - length) {
                recent.removeFirst();
            }
            if (recent.size() < calls) {
                recent.addLast(now);
                return 0;
            }
            return wholeSeconds(recent.getFirst() + length - now);
        }

        @Override
        public double allowed(double seconds) {
            return calls * seconds / length;
        }
    }

    /** So many calls at the same time. */
    final class Concurrent implements SimulatedLimit {
        private final int calls;
        private int underWay;

        Concurrent(int calls) {
            this.calls = calls;
        }

        @Override
        public double ask(double now) {
            if (underWay >= calls) {
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
        public double allowed(double seconds) {
            return calls * seconds / SimulatedProvider.MEAN_ANSWER;
        }
    }
}
