package dev.lion.testing;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.data.Preference;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What a test tells a student about an imitation: iteration 0, a seed, a directory for its progress, and when to stop. It
 * notes the steps that the student reports. The student may call it from any thread.
 */
public final class ScriptedTraining implements TrainingContext {
    private final Path checkpointDirectory;
    private final long randomSeed;
    private final long stopAfter;
    private final List<Preference> preferences;
    private final List<LossPoint> points = Collections.synchronizedList(new ArrayList<>());
    private final List<StepMeasurement> measurements = Collections.synchronizedList(new ArrayList<>());
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> totals = Collections.synchronizedList(new ArrayList<>());

    private ScriptedTraining(Path checkpointDirectory, long randomSeed, long stopAfter, List<Preference> preferences) {
        this.checkpointDirectory = Objects.requireNonNull(checkpointDirectory, "checkpointDirectory");
        this.randomSeed = randomSeed;
        this.stopAfter = stopAfter;
        this.preferences = List.copyOf(preferences);
    }

    /** An imitation without preferences that is not stopped; a directory with progress in it continues that. */
    public static ScriptedTraining in(Path checkpointDirectory, long randomSeed) {
        return new ScriptedTraining(checkpointDirectory, randomSeed, Long.MAX_VALUE, List.of());
    }

    /** The same imitation, with a stop requested once it has reported so many steps; 0 for from the beginning. */
    public ScriptedTraining stoppedAfter(long steps) {
        return new ScriptedTraining(checkpointDirectory, randomSeed, steps, preferences);
    }

    /** The same imitation, with these preferences beside the demonstrations. */
    public ScriptedTraining preferring(List<Preference> pairs) {
        return new ScriptedTraining(checkpointDirectory, randomSeed, stopAfter, pairs);
    }

    @Override
    public int iteration() {
        return 0;
    }

    @Override
    public long randomSeed() {
        return randomSeed;
    }

    @Override
    public boolean stopRequested() {
        return points.size() >= stopAfter;
    }

    @Override
    public Path checkpointDirectory() {
        return checkpointDirectory;
    }

    @Override
    public List<Preference> preferences() {
        return preferences;
    }

    @Override
    public void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
        points.add(Objects.requireNonNull(point, "point"));
        measurements.add(Objects.requireNonNull(measured, "measured"));
        totals.add(totalSteps);
    }

    @Override
    public void onNotice(String message) {
        notices.add(Objects.requireNonNull(message, "message"));
    }

    /** The steps reported so far, in the order of their arrival. */
    public List<LossPoint> points() {
        return List.copyOf(points);
    }

    /** What was said with each step of how many there are altogether. */
    public List<Long> totals() {
        return List.copyOf(totals);
    }

    /** What was measured at each step. */
    public List<StepMeasurement> measurements() {
        return List.copyOf(measurements);
    }

    /** What the student wants the user to know. */
    public List<String> notices() {
        return List.copyOf(notices);
    }
}
