package dev.lion.examples;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the student is that is asked: in a folder, or behind a server. One of the two. */
final class StudentSource {
    @Option(
            names = "--student",
            paramLabel = "DIR",
            description =
                    "a student's folder (config.json, model.safetensors, tokenizer.json, ...), or a run's directory")
    private Path directory = Path.of("");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "base URL of a server that has it, as serve prints it: http://127.0.0.1:8080/v1")
    private Optional<URI> url = Optional.empty();

    Path directory() {
        return directory;
    }

    Optional<URI> url() {
        return url;
    }
}
