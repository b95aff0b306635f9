package dev.lion.examples;

import java.net.URI;
import java.net.URISyntaxException;
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
    private Optional<String> url = Optional.empty();

    Path directory() {
        return directory;
    }

    Optional<URI> url() {
        return url.flatMap(StudentSource::parsed);
    }

    /** What is wrong with the URL. */
    Optional<String> fault() {
        return url.filter(text -> parsed(text).isEmpty())
                .map(text -> "--url must be as http://127.0.0.1:8080/v1, with http:// or https://, but is " + text);
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri -> uri.getHost() != null)
                    .filter(uri ->
                            "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
