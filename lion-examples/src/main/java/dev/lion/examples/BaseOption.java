package dev.lion.examples;

import dev.lion.student.DjlStudentBuilder;
import dev.lion.student.LoadConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the model is that an adapter belongs to. */
final class BaseOption {
    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "the model that an adapter's folder belongs to (default: the one that it names)")
    private Optional<Path> base = Optional.empty();

    /** Whether it is given. */
    boolean isGiven() {
        return base.isPresent();
    }

    /** Applies it. */
    LoadConfig applyTo(LoadConfig config) {
        return base.map(config::withBase).orElse(config);
    }

    /** Applies it. */
    DjlStudentBuilder applyTo(DjlStudentBuilder student) {
        base.ifPresent(student::base);
        return student;
    }
}
