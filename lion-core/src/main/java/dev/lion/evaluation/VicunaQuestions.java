package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Instruction;
import dev.lion.data.Utf8Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads questions in the format of Vicuna's: JSON Lines with the question in {@code text}, or, where there are several turns, in
 * the first of {@code turns}. Stateless; any thread.
 */
public final class VicunaQuestions {
    private static final JsonMapper JSON = new JsonMapper();

    private VicunaQuestions() {}

    /**
     * The questions, in the file's order; blank lines are skipped.
     *
     * @throws EvaluationFileException when the file, or a line of it, is not as expected
     */
    public static List<Instruction> read(Path file) {
        List<Instruction> questions = new ArrayList<>();
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                String place = file + ": line " + line.get().number();
                String text = line.get()
                        .text()
                        .orElseThrow(() -> new EvaluationFileException(place + ": holds bytes that are not UTF-8"));
                if (!text.isBlank()) {
                    questions.add(question(place, text));
                }
            }
        } catch (IOException e) {
            throw new EvaluationFileException(file + ": cannot be read: " + e, e);
        }
        if (questions.isEmpty()) {
            throw new EvaluationFileException(file + ": holds no question");
        }
        return questions;
    }

    private static Instruction question(String place, String line) {
        JsonNode entry = parse(place, line);
        JsonNode text = entry.has("turns") ? entry.get("turns").path(0) : entry.path("text");
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw new EvaluationFileException(
                    place + ": expected a question in field \"text\" or in the first of \"turns\"");
        }
        return Instruction.of(text.textValue());
    }

    private static JsonNode parse(String place, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new EvaluationFileException(place + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
