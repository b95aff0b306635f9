package dev.lion.student.training;

import dev.lion.role.StoppedException;
import java.io.IOException;
import java.time.Duration;

/**
 * Keeps an unfinished training on disk: saves it now and then and when a stop is wanted, and finds it again. There is one
 * file, which each saving replaces, and a second one only while a saving is under way. The file stays when the training is
 * complete, until the caller has saved the student and removes the directory.
 */
final class TrainingProgress {
    static final String FILE = "training.state";

    private final Phase context;
    private final TrainingStateFile file;
    private final Duration saveEvery;
    private long savedAt = System.nanoTime();

    TrainingProgress(Phase context, Duration saveEvery, String fingerprint) {
        this.context = context;
        this.file = new TrainingStateFile(context.checkpointDirectory().resolve(FILE), fingerprint);
        this.saveEvery = saveEvery;
    }

    /**
     * Takes up what an earlier call of the same training left; leaves the state alone when there is nothing. What another
     * training left is told to the context.
     */
    void continueInto(TrainingState state) throws IOException {
        Replacement.uninterrupted(() -> {
            if (file.readInto(state)) {
                context.onNotice(notOfThisTraining(file));
            }
        });
    }

    /** What to say of progress that is not taken up. */
    static String notOfThisTraining(Object file) {
        return "the progress in " + file
                + " is that of another training: other weights at the beginning, examples, settings"
                + " (also tokens of a pass, which follow from the machine's memory unless they are set) or seed. This one"
                + " begins anew and replaces that file";
    }

    /** To be called between steps. */
    void saveIfDue(TrainingState state) throws IOException {
        if (System.nanoTime() - savedAt > saveEvery.toNanos()) {
            save(state);
        }
    }

    /** Saves now. */
    void save(TrainingState state) throws IOException {
        Replacement.uninterrupted(() -> file.write(state));
        savedAt = System.nanoTime();
    }

    /** What to throw when the training ends early, after saving it; its weights are to be known to be sound. */
    StoppedException stopped(TrainingState state, StoppedException cause) throws IOException {
        save(state);
        var stopped = new StoppedException("training was stopped after step " + (context.before() + state.step())
                + "; its progress is in " + file);
        stopped.initCause(cause);
        return stopped;
    }
}
