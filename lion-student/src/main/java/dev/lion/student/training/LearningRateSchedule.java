package dev.lion.student.training;

/**
 * Linear warm-up and cosine decay to 0, as Hugging Face's {@code get_cosine_schedule_with_warmup} defines them: the very
 * first step of a warm-up has rate 0.
 */
record LearningRateSchedule(double highest, long warmupSteps, long totalSteps) {

    static LearningRateSchedule of(TrainingConfig config, long totalSteps) {
        return new LearningRateSchedule(
                config.learningRate(), (long) Math.ceil(totalSteps * config.warmupRatio()), totalSteps);
    }

    /** The rate of a step, counted from 1. */
    double at(long step) {
        long done = step - 1;
        if (done < warmupSteps) {
            return highest * done / warmupSteps;
        }
        double progress = (double) (done - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return highest * Math.max(0, 0.5 * (1 + StrictMath.cos(Math.PI * progress)));
    }
}
