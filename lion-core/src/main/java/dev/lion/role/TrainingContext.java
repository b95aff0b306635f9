package dev.lion.role;

import dev.lion.data.ImitationSummary;
import dev.lion.data.Preference;
import java.nio.file.Path;
import java.util.List;

/** What the loop tells a student about the imitation it asks for. */
public interface TrainingContext {
    /** The adversarial iteration: 0 for the imitation of the seeds, then from 1. */
    int iteration();

    /** Where every random choice of this imitation comes from: equal seeds, equal training. */
    long randomSeed();

    /**
     * Pairs of answers that the referee judged, none by default: what a student with an objective for preferences learns from
     * behind the demonstrations. Their instructions need not be among those. Every call returns the same list, whose pairs
     * may be read from disk when they are looked at.
     */
    default List<Preference> preferences() {
        return List.of();
    }

    /** Whether the loop wants to stop, from any thread; a student looks between steps or within one, saves its progress and throws {@link StoppedException}. */
    boolean stopRequested();

    /**
     * A directory for the progress of this imitation, kept until the imitation is complete. A student that finds its own
     * progress there continues from it, and ends as if it had never been interrupted.
     */
    Path checkpointDirectory();

    /**
     * Tells the loop that a step is done, for the progress line; in order, from any thread.
     *
     * @param point what also goes into {@link ImitationSummary#losses()}
     * @param totalSteps steps of this imitation
     * @param measured what the step took
     */
    void onStep(ImitationSummary.LossPoint point, long totalSteps, StepMeasurement measured);

    /** Tells the loop that a step is done, of which nothing was measured. */
    default void onStep(ImitationSummary.LossPoint point, long totalSteps) {
        onStep(point, totalSteps, StepMeasurement.NONE);
    }

    /**
     * Tells the user something that stops nothing, such as which demonstrations are left out and why.
     *
     * @param message what, where, and what to do about it
     */
    void onNotice(String message);
}
