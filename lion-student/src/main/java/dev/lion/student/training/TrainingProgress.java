package dev.lion.student.training;

import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;

/**
 * Keeps an unfinished training on disk: saves it now and then and when a stop is wanted, and finds it again. There is one
 * file, which each saving replaces, and a second one only while a saving is under way. The file stays when the training is
 * complete, until the caller has saved the student and removes the directory.
 */
final class TrainingProgress {
    static final String FILE = "training.state";

    private final TrainingContext context;
    private final TrainingStateFile file;
    private final Duration saveEvery;
    private long savedAt = System.nanoTime();

    TrainingProgress(TrainingContext context, Duration saveEvery, String fingerprint) {
        this.context = context;
        this.file = new TrainingStateFile(context.checkpointDirectory().resolve(FILE), fingerprint);
        this.saveEvery = saveEvery;
    }

    /**
     * Takes up what an earlier call of the same training left; leaves the state alone when there is nothing. What another
     * training left is told to the context.
     */
    void continueInto(TrainingState state) throws IOException {
        uninterrupted(() -> {
            if (file.readInto(state)) {
                context.onNotice(notOfThisTraining(file));
            }
        });
    }

    /** What to say of progress that is not taken up. */
    static String notOfThisTraining(Object file) {
        return "the progress in " + file + " is that of another training: other weights at the beginning, examples, settings"
                + " (also tokens of a pass, which follow from the machine's memory unless they are set) or seed. This one"
                + " begins anew and replaces that file";
    }

    /**
     * To be called between steps.
     *
     * @throws StoppedException after saving, when the context asks to stop or this thread is interrupted
     */
    void stopIfWanted(TrainingState state) throws IOException {
        if (context.stopRequested() || Thread.currentThread().isInterrupted()) {
            throw stopped(state);
        }
    }

    /** To be called between steps. */
    void saveIfDue(TrainingState state) throws IOException {
        if (System.nanoTime() - savedAt > saveEvery.toNanos()) {
            save(state);
        }
    }

    /** Saves now. */
    void save(TrainingState state) throws IOException {
        uninterrupted(() -> file.write(state));
        savedAt = System.nanoTime();
    }

    /** What to throw when the training ends early, after saving it. */
    StoppedException stopped(TrainingState state) throws IOException {
        uninterrupted(() -> file.write(state));
        return new StoppedException("training was stopped after step " + state.step() + "; its progress is in " + file);
    }

    private interface FileAction {
        void run() throws IOException;
    }

    /** An interrupt closes the file's channel, whenever it comes; it is kept for the caller, and the action made again. */
    private static void uninterrupted(FileAction action) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    action.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
