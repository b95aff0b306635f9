package dev.lion.examples.bench;

import dev.lion.student.training.ProcessMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The memory that this process holds, looked at again and again over a long measurement. For one thread. */
public final class HeldMemory {
    private static final int FIFTHS = 5;
    private static final int LINES = 20;
    private static final double MEGA = 1e6;

    private final String unit;
    private final int looks;
    private final List<Double> held = new ArrayList<>();

    /** For so many looks, each after a step that messages call by this name. */
    public HeldMemory(String unit, int looks) {
        this.unit = unit;
        this.looks = looks;
    }

    /** Looks, and prints a line for a twentieth of all looks. */
    public void look() {
        held.add(ProcessMemory.resident().orElse(0) / MEGA);
        if (held.size() % Math.max(1, looks / LINES) == 0) {
            System.out.printf(Locale.ROOT, "%s %5d  %8.1f MB%n", unit, held.size(), held.get(held.size() - 1));
        }
    }

    /** What the last fifth holds against the second, the first being warm-up. */
    public String summary() {
        double early = mean(1);
        double late = mean(FIFTHS - 1);
        var afterWarmUp = held.subList(held.size() / FIFTHS, held.size());
        return String.format(
                Locale.ROOT,
                "%.1f MB in the second fifth, %.1f MB in the last, %+.2f %%; least and most after the first fifth %.1f and"
                        + " %.1f MB",
                early,
                late,
                100 * (late / early - 1),
                afterWarmUp.stream().min(Double::compare).orElseThrow(),
                afterWarmUp.stream().max(Double::compare).orElseThrow());
    }

    private double mean(int fifth) {
        return held.subList(fifth * held.size() / FIFTHS, (fifth + 1) * held.size() / FIFTHS).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
