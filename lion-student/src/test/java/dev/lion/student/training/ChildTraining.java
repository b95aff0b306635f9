package dev.lion.student.training;

import dev.lion.student.training.TinyModel.Kind;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** A training in a process of its own, saved at every step, to be killed. */
final class ChildTraining {
    static final TrainingConfig CONFIG = TrainingConfig.builder()
            .epochs(30)
            .learningRate(1e-3)
            .weightDecay(0.01)
            .batchSize(4)
            .saveEvery(Duration.ofNanos(1))
            .build();

    private ChildTraining() {}

    /** Arguments: the directory of the progress and the kind of the model. Appends a line to the file "steps" after each. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        var context = new WatchedTraining(directory, () -> note(directory.resolveSibling("steps")));
        try (var model = TinyModel.of(Kind.valueOf(arguments[1]))) {
            model.train(CONFIG, TinyModel.examples(16, 1), context);
        }
    }

    private static void note(Path file) {
        try {
            Files.writeString(file, "step\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Process start(Path directory, Kind kind) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildTraining.class.getName(),
                        directory.toString(),
                        kind.name()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("output").toFile()))
                .start();
    }

    /** The same training, not killed, or what is left of it. */
    static ScriptedTraining context(Path directory) {
        return ScriptedTraining.in(directory, 1);
    }
}
