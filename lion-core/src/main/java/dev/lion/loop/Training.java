package dev.lion.loop;

import dev.lion.data.ImitationSummary;
import dev.lion.data.Preference;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.List;

/** What the student is told about its imitation. */
record Training(Sitting sitting, Path checkpointDirectory, List<Preference> preferences) implements TrainingContext {
    @Override
    public int iteration() {
        return sitting.iteration();
    }

    @Override
    public long randomSeed() {
        return Randomness.seed(sitting.context().config().seed(), iteration(), sitting.stage());
    }

    @Override
    public boolean stopRequested() {
        return sitting.context().stop().isRequested();
    }

    @Override
    public void onStep(ImitationSummary.LossPoint point, long totalSteps, StepMeasurement measured) {
        sitting.context().watch().moved();
        sitting.tell(new LoopEvent.TrainingStep(iteration(), point, totalSteps, measured));
    }

    @Override
    public void onNotice(String message) {
        sitting.tell(new LoopEvent.Notice(iteration(), sitting.stage(), message));
    }
}
