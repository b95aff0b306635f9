package dev.lion.student.training;

import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.LossPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is on disk of a training on preferences: beside the progress that every training has, what came of the imitation
 * before it, and the reference's leads. The imitation's summary is written first and the first progress next: when that is
 * there, the imitation is done. The leads follow, and then the imitation's own progress goes.
 */
final class PreferenceProgress {
    private static final String FOLDER = "preferences";
    private static final int POINT = 4;
    private static final int COUNTS = 4;

    private final Path before;
    private final Path directory;
    private final NumbersFile imitation;
    private final NumbersFile leads;

    /** @param before the folder of the imitation's own progress */
    PreferenceProgress(Path before, String fingerprint) {
        this.before = before;
        this.directory = before.resolve(FOLDER);
        this.imitation = new NumbersFile(directory.resolve("imitation"), fingerprint);
        this.leads = new NumbersFile(directory.resolve("reference"), fingerprint);
    }

    /** The folder of the progress that every training has. */
    Path directory() {
        return directory;
    }

    private boolean isBegun() {
        return Files.exists(directory.resolve(TrainingProgress.FILE));
    }

    /** What came of the imitation, if it is done and the progress after it is on disk. */
    Optional<ImitationSummary> imitation() throws IOException {
        return isBegun() ? imitation.read().map(PreferenceProgress::summary) : Optional.empty();
    }

    /** Whether what lies here is the progress of another training on preferences, which {@link #keep} will remove. */
    boolean isOfAnother() throws IOException {
        return isBegun() && imitation.read().isEmpty();
    }

    /** Keeps what came of the imitation. The progress of another training, which may lie there, is removed before. */
    void keep(ImitationSummary summary) throws IOException {
        remove();
        imitation.write(numbers(summary));
    }

    /** Keeps the state in which the imitation left the model, from where the training goes on from now on. */
    void begin(TrainingState state, TrainingProgress progress) throws IOException {
        if (!isBegun()) {
            progress.save(state);
        }
    }

    /** Gives the training on preferences up, with its reference: what the imitation saved last counts again. */
    void remove() throws IOException {
        Files.deleteIfExists(directory.resolve(TrainingProgress.FILE));
        leads.delete();
    }

    /** Removes what the imitation saved, once the training on preferences can do without. */
    void removeThatOfTheImitation() throws IOException {
        Files.deleteIfExists(before.resolve(TrainingProgress.FILE));
    }

    /** The reference's leads, once they are kept. */
    Optional<double[]> leads() throws IOException {
        return leads.read();
    }

    /** Keeps the reference's leads. */
    void keep(double[] referenceLeads) throws IOException {
        leads.write(referenceLeads);
    }

    private static double[] numbers(ImitationSummary summary) {
        var numbers = new double[COUNTS + POINT * summary.losses().size()];
        numbers[0] = summary.examples();
        numbers[1] = summary.skipped();
        numbers[2] = summary.skippedTokens();
        numbers[3] = summary.tokens();
        int next = COUNTS;
        for (LossPoint point : summary.losses()) {
            numbers[next++] = point.step();
            numbers[next++] = point.loss();
            numbers[next++] = point.learningRate();
            numbers[next++] = point.gradientNorm().orElseThrow();
        }
        return numbers;
    }

    private static ImitationSummary summary(double[] numbers) {
        var losses = new ArrayList<LossPoint>();
        for (int i = COUNTS; i < numbers.length; i += POINT) {
            losses.add(new LossPoint(
                    (long) numbers[i], numbers[i + 1], numbers[i + 2], OptionalDouble.of(numbers[i + 3])));
        }
        return new ImitationSummary((long) numbers[0], (long) numbers[1], (long) numbers[2], (long) numbers[3], losses);
    }
}
