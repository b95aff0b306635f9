package dev.lion.examples.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.LionException;
import dev.lion.examples.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A measurement in a process of its own, as its peak of memory and its threads are one for each process. */
public final class ChildProcess {
    private static final JsonMapper JSON = new JsonMapper();

    private ChildProcess() {}

    /** Runs this program with other arguments, and gives the JSON that it prints. */
    public static JsonNode lion(List<String> arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return run(Stream.concat(
                        Stream.of(java.toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName()),
                        arguments.stream())
                .toList());
    }

    /**
     * Runs a command; its errors go where this process's go.
     *
     * @return the last line of its output, which must be a JSON object
     */
    public static JsonNode run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            if (process.waitFor() != 0 || lines.isEmpty()) {
                throw new LionException(String.join(" ", command) + " ended with code " + process.exitValue()
                        + " and printed " + lines.size() + " lines; its errors are above");
            }
            return object(command, lines.get(lines.size() - 1));
        } finally {
            process.destroy();
        }
    }

    private static JsonNode object(List<String> command, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new LionException(notJson(command, line), e);
        }
        throw new LionException(notJson(command, line));
    }

    private static String notJson(List<String> command, String line) {
        return String.join(" ", command) + " must print a JSON object last, not: " + line;
    }
}
