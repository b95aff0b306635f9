package dev.lion.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * How long the processor worked on each of some calls, in milliseconds. Time on the clock would measure the other processes of
 * the machine as well: on a busy one, every call of more than a few milliseconds waits for them.
 */
@SuppressWarnings("ArrayRecordComponent") // made and read here
record Durations(double[] milliseconds) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 3;
    private static final double NANOS = 1e6;

    /** Calls with 0, 1, ... in three rounds; of each call the fastest counts, since other processes only make it slower. */
    static Durations fastestOfThree(int calls, IntConsumer call) {
        double[] fastest = new double[calls];
        Arrays.fill(fastest, Double.POSITIVE_INFINITY);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < calls; i++) {
                fastest[i] = Math.min(fastest[i], timeOf(i, call));
            }
        }
        return new Durations(fastest);
    }

    /** Calls with 0, 1, ... once. */
    static Durations once(int calls, IntConsumer call) {
        double[] milliseconds = new double[calls];
        Arrays.setAll(milliseconds, i -> timeOf(i, call));
        return new Durations(milliseconds);
    }

    private static double timeOf(int i, IntConsumer call) {
        long start = THREADS.getCurrentThreadCpuTime();
        call.accept(i);
        return (THREADS.getCurrentThreadCpuTime() - start) / NANOS;
    }

    double median() {
        return quantile(0.5);
    }

    double p99() {
        return quantile(0.99);
    }

    private double quantile(double share) {
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    /** The sum of the first calls. */
    double sumOfFirst(int calls) {
        return Arrays.stream(milliseconds).limit(calls).sum();
    }

    /** Three significant digits. */
    static String format(double value) {
        double rounded = value <= 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.2e", value));
        return rounded >= 100
                ? String.format(Locale.ROOT, "%,.0f", rounded)
                : String.format(Locale.ROOT, rounded >= 1 ? "%.2f" : "%.4f", rounded);
    }
}
