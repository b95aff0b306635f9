package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;

/** The first iteration, asked to stop after some steps. */
public final class PlainContext implements TrainingContext {
    private final Path directory;
    private final long seed;
    private final long stopAfter;
    private long steps;

    /** Runs to the end. */
    public PlainContext(Path directory, long seed) {
        this(directory, seed, Long.MAX_VALUE);
    }

    /** Asks to stop after some of its steps. */
    public PlainContext(Path directory, long seed, long stopAfter) {
        this.directory = directory;
        this.seed = seed;
        this.stopAfter = stopAfter;
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
        return steps >= stopAfter;
    }

    @Override
    public Path checkpointDirectory() {
        return directory;
    }

    /** How many steps were made. */
    public long steps() {
        return steps;
    }

    @Override
    public void onStep(LossPoint point, long totalSteps) {
        steps++;
    }
}
