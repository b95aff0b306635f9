package dev.lion.student.cascade;

import dev.langchain4j.model.chat.ChatModel;
import dev.lion.student.LoadConfig;
import dev.lion.student.LoadedStudent;
import dev.lion.student.chat.StudentChatModel;
import dev.lion.student.decoding.DecodingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a {@link CascadeChatModel}: from a student's folder that was calibrated, or from a student's chat model and a
 * threshold of one's own.
 */
public final class CascadeChatModelBuilder {
    private Optional<Path> folder = Optional.empty();
    private Optional<StudentChatModel> student = Optional.empty();
    private Optional<ChatModel> teacher = Optional.empty();
    private Optional<Path> calibration = Optional.empty();
    private OptionalDouble threshold = OptionalDouble.empty();
    private LoadConfig loading = LoadConfig.defaults();

    CascadeChatModelBuilder() {}

    /** Loads the student of a folder, which is freed when the cascade is closed. It decodes as it was calibrated. */
    public CascadeChatModelBuilder student(Path value) {
        folder = Optional.of(value);
        return this;
    }

    /** Uses a student's model that stays its caller's, to be closed after the cascade; needs {@link #threshold}. */
    public CascadeChatModelBuilder student(StudentChatModel value) {
        student = Optional.of(value);
        return this;
    }

    /** Who answers where the student is not sure; stays its caller's. */
    public CascadeChatModelBuilder teacher(ChatModel value) {
        teacher = Optional.of(value);
        return this;
    }

    /** The student's calibration; default {@value CascadeDocument#FILE_NAME} in its folder. */
    public CascadeChatModelBuilder calibration(Path value) {
        calibration = Optional.of(value);
        return this;
    }

    /** The student answers where its confidence is this or more, from 0, always, to 1; instead of a calibration. */
    public CascadeChatModelBuilder threshold(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a threshold must be from 0 to 1, but is " + value);
        }
        threshold = OptionalDouble.of(value);
        return this;
    }

    /** How the student of a folder is loaded; default {@link LoadConfig#defaults()}. Its decoding is the calibration's, if there is one, and its weights must be. */
    public CascadeChatModelBuilder loading(LoadConfig value) {
        loading = value;
        return this;
    }

    /**
     * The cascade.
     *
     * @throws IllegalStateException when something is missing, or two settings exclude each other
     * @throws CascadeException when the calibration is missing or damaged, holds no threshold, or is of another student or
     *     of weights that are held otherwise
     * @throws IOException when the student or the calibration cannot be read
     */
    public CascadeChatModel build() throws IOException {
        requireComplete();
        ChatModel big = teacher.orElseThrow();
        if (student.isPresent()) {
            return new CascadeChatModel(student.get(), () -> {}, big, threshold.orElseThrow());
        }
        Path from = folder.orElseThrow();
        if (threshold.isPresent()) {
            return loaded(from, loading, big, threshold.getAsDouble());
        }
        var read = CascadeThreshold.read(
                calibration.orElse(from.resolve(CascadeDocument.FILE_NAME)), from, loading.weights());
        return loaded(from, loading.withDecoding(DecodingConfig.greedy(read.maxNewTokens())), big, read.threshold());
    }

    private static CascadeChatModel loaded(Path folder, LoadConfig config, ChatModel teacher, double threshold)
            throws IOException {
        LoadedStudent loaded = LoadedStudent.load(folder, config);
        try {
            var model = StudentChatModel.builder().student(loaded).build();
            Runnable release = () -> {
                model.close();
                loaded.close();
            };
            return new CascadeChatModel(model, release, teacher, threshold);
        } catch (IOException | RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    private void requireComplete() {
        List<String> faults = new ArrayList<>();
        if (folder.isPresent() == student.isPresent()) {
            faults.add("one student is needed, as a folder or as a model");
        }
        if (teacher.isEmpty()) {
            faults.add("a teacher is needed");
        }
        if (threshold.isPresent() && calibration.isPresent()) {
            faults.add("threshold and calibration exclude each other");
        }
        if (student.isPresent() && threshold.isEmpty()) {
            faults.add("a student that is given as a model needs a threshold: a calibration belongs to a folder");
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("no cascade can be made: " + String.join("; ", faults));
        }
    }
}
