package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A training with seed 1 that is asked to stop only where a test says so, with something done after each step and after chosen ones. */
final class WatchedTraining implements TrainingContext {
    private final Path checkpointDirectory;
    private final Runnable afterEach;
    private long looksLeft = Long.MAX_VALUE;
    private final Map<Long, Runnable> after = new HashMap<>();

    WatchedTraining(Path checkpointDirectory, Runnable afterEach) {
        this.checkpointDirectory = checkpointDirectory;
        this.afterEach = afterEach;
    }

    void at(long step, Runnable action) {
        after.put(step, action);
    }

    /** Asks to stop when it is looked for the given time from now on, and ever after. */
    void stopAtLook(long looks) {
        looksLeft = looks;
    }

    @Override
    public int iteration() {
        return 0;
    }

    @Override
    public long randomSeed() {
        return 1;
    }

    @Override
    public boolean stopRequested() {
        return --looksLeft <= 0;
    }

    @Override
    public Path checkpointDirectory() {
        return checkpointDirectory;
    }

    @Override
    public void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
        afterEach.run();
        after.getOrDefault(point.step(), () -> {}).run();
    }

    @Override
    public void onNotice(String message) {}
}
