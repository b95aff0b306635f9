package dev.lion.student.training;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * What a part of a training is told, so that its steps are those of the whole.
 *
 * @param whole what the whole training is told
 * @param checkpointDirectory where the part keeps its progress
 * @param before steps of the parts before
 * @param after steps of the parts after
 * @param name what its notices begin with
 */
record Phase(TrainingContext whole, Path checkpointDirectory, long before, long after, String name)
        implements TrainingContext {
    /** All of a training in one part. */
    static Phase whole(TrainingContext whole) {
        return new Phase(whole, whole.checkpointDirectory(), 0, 0, "");
    }

    @Override
    public int iteration() {
        return whole.iteration();
    }

    @Override
    public long randomSeed() {
        return whole.randomSeed();
    }

    @Override
    public boolean stopRequested() {
        return whole.stopRequested();
    }

    /**
     * For any thread; the context is asked by one at a time.
     *
     * @throws StoppedException when the context asks to stop or the thread that trains is interrupted
     */
    void requireNoStop(Thread training) {
        boolean stop;
        synchronized (this) {
            stop = stopRequested();
        }
        if (stop || training.isInterrupted()) {
            throw new StoppedException("a stop was asked for");
        }
    }

    /** A point of this part as one of the whole. */
    LossPoint placed(LossPoint point) {
        OptionalDouble norm = point.gradientNorm();
        return new LossPoint(before + point.step(), point.loss(), point.learningRate(), norm);
    }

    @Override
    public void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
        whole.onStep(placed(point), before + totalSteps + after, measured);
    }

    @Override
    public void onNotice(String message) {
        whole.onNotice(name + message);
    }
}
