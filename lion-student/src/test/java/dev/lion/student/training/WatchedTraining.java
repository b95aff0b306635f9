package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A training with seed 1 that is never asked to stop, with something done after each step and after chosen ones. */
final class WatchedTraining implements TrainingContext {
    private final Path checkpointDirectory;
    private final Runnable afterEach;
    private final Map<Long, Runnable> after = new HashMap<>();

    WatchedTraining(Path checkpointDirectory, Runnable afterEach) {
        this.checkpointDirectory = checkpointDirectory;
        this.afterEach = afterEach;
    }

    void at(long step, Runnable action) {
        after.put(step, action);
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
        return false;
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
