package dev.lion.teacher.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Utf8Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines of a harvest: {@code instruction}, as seeds are read, and beside it {@code system, answer, inputTokens,
 * outputTokens, model}. Any thread may use it.
 */
final class HarvestFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HarvestFile() {}

    static String line(Harvested harvested) {
        ObjectNode line = JSON.createObjectNode();
        Instruction instruction = harvested.instruction();
        line.put("instruction", instruction.text());
        putText(line, "input", instruction.input());
        putText(line, "system", harvested.system());
        harvested
                .answer()
                .ifPresent(answer -> line.put("answer", answer.text())
                        .put("inputTokens", answer.usage().inputTokens())
                        .put("outputTokens", answer.usage().outputTokens()));
        putText(line, "model", harvested.model());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putText(ObjectNode line, String name, String text) {
        if (!text.isEmpty()) {
            line.put(name, text);
        }
    }

    /**
     * Shows every line; a last one that was cut off is left out.
     *
     * @throws HarvestException naming the file and the first line that cannot be read
     */
    static void read(Path file, Consumer<Harvested> visitor) {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get().terminated()) {
                    visitor.accept(read(file, line.get()));
                }
            }
        } catch (IOException e) {
            throw new HarvestException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Harvested read(Path file, Utf8Lines.Line line) {
        try {
            String text =
                    line.text().orElseThrow(() -> new IllegalArgumentException("it holds bytes that are not UTF-8"));
            return harvested(JSON.readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new HarvestException(
                    file + ", line " + line.number() + ": not a harvested instruction: " + e.getMessage(), e);
        }
    }

    private static Harvested harvested(JsonNode line) {
        Instruction instruction = Instruction.of(text(line, "instruction"), text(line, "input"));
        Optional<Response> answer = line.has("answer")
                ? Optional.of(new Response(text(line, "answer"), FinishReason.STOP, usage(line)))
                : Optional.empty();
        return new Harvested(instruction, text(line, "system"), answer, text(line, "model"));
    }

    private static TokenUsage usage(JsonNode line) {
        return new TokenUsage(
                line.path("inputTokens").asLong(0), line.path("outputTokens").asLong(0));
    }

    private static String text(JsonNode line, String name) {
        JsonNode value = line.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw new IllegalArgumentException("the field \"" + name + "\" is not text");
        }
        return value.asText("");
    }
}
