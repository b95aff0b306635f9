package dev.lion.student.training;

/**
 * The rates of a training's steps: a linear rise from 0, then what its {@link RateSchedule} says, as Hugging Face's {@code
 * get_…_schedule_with_warmup} define them: the very first step of a warm-up has rate 0. The steps of the warm-up are rounded
 * down, so that a training of a few steps, all of which count, has none.
 */
record LearningRateSchedule(RateSchedule schedule, double highest, long warmupSteps, long totalSteps) {

    static LearningRateSchedule of(TrainingConfig config, long totalSteps) {
        return new LearningRateSchedule(
                config.schedule(), config.learningRate(), (long) (totalSteps * config.warmupRatio()), totalSteps);
    }

    /** The rate of a step, counted from 1. */
    double at(long step) {
        long done = step - 1;
        if (done < warmupSteps) {
            return highest * done / warmupSteps;
        }
        double progress = (double) (done - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return highest * schedule.share(progress);
    }
}
