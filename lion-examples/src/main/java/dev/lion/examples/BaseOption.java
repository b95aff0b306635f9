package dev.lion.examples;

import dev.lion.student.DjlStudentBuilder;
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

    /** Applies it. */
    DjlStudentBuilder applyTo(DjlStudentBuilder student) {
        base.ifPresent(student::base);
        return student;
    }
}
