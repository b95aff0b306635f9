package dev.lion.examples.bench.training;

import com.sun.management.OperatingSystemMXBean;
import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.examples.bench.Medians;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A training that is only watched: when its steps end. The first step, which also starts everything, is not counted. */
final class TimedSteps implements TrainingContext {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Path directory;
    private final long seed;
    private final Runnable afterStep;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> processorSeconds = new ArrayList<>();
    private long lastNanos;
    private long lastWorked;

    TimedSteps(Path directory, long seed, Runnable afterStep) {
        this.directory = directory;
        this.seed = seed;
        this.afterStep = afterStep;
    }

    @Override
    public int iteration() {
        return 0;
    }

    @Override
    public long randomSeed() {
        return seed;
    }

    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public Path checkpointDirectory() {
        return directory;
    }

    @Override
    public void onNotice(String message) {
        System.err.println(message);
    }

    @Override
    public void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
        if (point.step() > 1) {
            seconds.add((System.nanoTime() - lastNanos) * 1e-9);
            processorSeconds.add((PROCESS.getProcessCpuTime() - lastWorked) * 1e-9);
        }
        afterStep.run();
        lastNanos = System.nanoTime();
        lastWorked = PROCESS.getProcessCpuTime();
    }

    /** The time of each step but the first, in order. */
    List<Double> seconds() {
        return List.copyOf(seconds);
    }

    double fastest() {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double median() {
        return Medians.of(seconds);
    }

    /** Time that processors worked for the step that took least of it. */
    double leastWork() {
        return processorSeconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
