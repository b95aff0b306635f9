package dev.lion.examples.novelty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Utf8Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON Lines of objects with a text in {@code instruction} and optionally one in {@code input}. A line's text is the
 * instruction, followed by a line break and the input unless that is missing, {@code null} or blank: what the loop
 * compares. Other fields are ignored, blank lines skipped. It is read line by line, as often as asked.
 */
public final class TextFile {
    private static final int REPORTED_FAULTS = 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    /**
     * @throws TextFileException when it is not a regular file: it is read more than once
     */
    public TextFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TextFileException(file
                    + (Files.isDirectory(file)
                            ? ": is a directory"
                            : Files.exists(file) ? ": is not a regular file" : ": there is no such file")
                    + "; give a file of JSON Lines with a field \"instruction\"");
        }
        this.file = file;
    }

    /** Takes one text after another. */
    @FunctionalInterface
    public interface Reader {
        void take(String text) throws IOException;
    }

    /** What is wrong with a line. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    /**
     * Reads all lines before it complains.
     *
     * @throws TextFileException naming the lines that hold no text
     */
    public void check() throws IOException {
        List<String> faults = new ArrayList<>();
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                try {
                    text(line.get());
                } catch (Fault e) {
                    faults.add("line " + line.get().number() + ": " + e.getMessage());
                }
            }
        }
        refuse(faults);
    }

    private void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            List<String> reported = faults.subList(0, Math.min(faults.size(), REPORTED_FAULTS));
            int more = faults.size() - reported.size();
            throw new TextFileException(
                    file + ": " + faults.size() + " faulty " + (faults.size() == 1 ? "line" : "lines")
                            + ", nothing was compared\n  " + String.join("\n  ", reported)
                            + (more > 0 ? "\n  and " + more + " more" : ""));
        }
    }

    /**
     * Hands over the texts in order.
     *
     * @throws TextFileException when a line holds no text
     */
    public void read(Reader reader) throws IOException {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<String> text = text(line.get());
                if (text.isPresent()) {
                    reader.take(text.get());
                }
            }
        } catch (Fault e) {
            throw new TextFileException(file + ": has changed while it was read: " + e.getMessage());
        }
    }

    private static Optional<String> text(Utf8Lines.Line line) throws Fault {
        String json = line.text().orElseThrow(() -> new Fault("holds bytes that are not UTF-8; save it as UTF-8"));
        if (json.isBlank()) {
            return Optional.empty();
        }
        JsonNode entry = parse(json);
        if (!entry.isObject()) {
            throw new Fault("expected a JSON object, found " + kind(entry));
        }
        if (!entry.has("instruction")) {
            throw new Fault("field \"instruction\" is missing");
        }
        String input = entry.path("input").isNull() ? "" : field(entry, "input");
        String instruction = field(entry, "instruction");
        return Optional.of(input.isBlank() ? instruction : instruction + "\n" + input);
    }

    private static JsonNode parse(String json) throws Fault {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Fault("is not a JSON object: " + e.getOriginalMessage());
        }
    }

    private static String field(JsonNode entry, String name) throws Fault {
        JsonNode value = entry.path(name);
        if (!value.isTextual() && !value.isMissingNode()) {
            throw new Fault("field \"" + name + "\": expected text, found " + kind(value));
        }
        return value.asText();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "text";
            default -> node.toString();
        };
    }
}
