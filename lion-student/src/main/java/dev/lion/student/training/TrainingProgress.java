package dev.lion.student.training;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.role.StoppedException;
import dev.lion.role.TrainingContext;
import dev.lion.student.decoder.LabelledSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps an unfinished training on disk: saves it now and then and when a stop is wanted, and finds it again. The file stays
 * when the training is complete, until the caller has saved the student and removes the directory.
 */
final class TrainingProgress {
    private static final String FILE = "training.state";

    private final TrainingContext context;
    private final Path file;
    private final String fingerprint;
    private final long saveEveryNanos;
    private long savedAt = System.nanoTime();

    TrainingProgress(TrainingContext context, TrainingConfig config, List<LabelledSequence> sequences) {
        this.context = context;
        this.file = context.checkpointDirectory().resolve(FILE);
        this.fingerprint = fingerprint(config, context, sequences);
        this.saveEveryNanos = config.saveEvery().toNanos();
    }

    /** Two trainings with one fingerprint, begun with the same weights, are the same training. */
    private static String fingerprint(
            TrainingConfig config, TrainingContext context, List<LabelledSequence> sequences) {
        Hasher hasher = Hashing.sha256().newHasher();
        hasher.putString(config.toString(), StandardCharsets.UTF_8).putLong(context.randomSeed());
        for (LabelledSequence sequence : sequences) {
            hasher.putInt(sequence.length()).putInt(sequence.promptLength());
            for (int i = 0; i < sequence.length(); i++) {
                hasher.putInt(sequence.token(i));
            }
        }
        return hasher.hash().toString();
    }

    /** Takes up what an earlier call of the same training left; leaves the state alone when there is nothing. */
    void continueInto(TrainingState state) throws IOException {
        if (Files.exists(file)) {
            TrainingStateFile.read(file, fingerprint, state);
        }
    }

    /**
     * To be called between steps.
     *
     * @throws StoppedException after saving, when the context asks to stop or this thread is interrupted
     */
    void saveIfDue(TrainingState state) throws IOException {
        if (context.stopRequested() || Thread.currentThread().isInterrupted()) {
            throw stopped(state);
        }
        if (System.nanoTime() - savedAt > saveEveryNanos) {
            TrainingStateFile.write(file, fingerprint, state);
            savedAt = System.nanoTime();
        }
    }

    /** What to throw when the training ends early, after saving it. */
    StoppedException stopped(TrainingState state) throws IOException {
        saveUninterrupted(state);
        return new StoppedException("training was stopped after step " + state.step() + "; its progress is in " + file);
    }

    /** An interrupt would close the file's channel; it is kept for the caller. */
    private void saveUninterrupted(TrainingState state) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            TrainingStateFile.write(file, fingerprint, state);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
