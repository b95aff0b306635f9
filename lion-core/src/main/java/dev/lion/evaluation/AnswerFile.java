package dev.lion.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads answers to open questions, in the format of Vicuna's: JSON Lines with the question's id in {@code question_id} and the
 * answer in {@code text}, or in the first of {@code turns} of the first of {@code choices}. Stateless; any thread.
 */
public final class AnswerFile {
    private AnswerFile() {}

    /**
     * The answers by the ids of their questions, in the file's order; blank lines are skipped, an answer may be empty.
     *
     * @throws EvaluationFileException when the file, or a line of it, is not as expected, or answers a question twice
     */
    public static Map<String, String> read(Path file) {
        Map<String, String> answers = new LinkedHashMap<>();
        for (Entry entry : Entry.readLines(file)) {
            String id = entry.name("question_id");
            if (answers.put(id, answer(entry)) != null) {
                throw entry.fault("question_id", "an earlier line answers the question " + id + " too");
            }
        }
        if (answers.isEmpty()) {
            throw new EvaluationFileException(file + ": holds no answer");
        }
        return answers;
    }

    private static String answer(Entry entry) {
        JsonNode node = entry.node();
        JsonNode text = node.has("choices") ? node.at("/choices/0/turns/0") : node.path("text");
        if (!text.isTextual()) {
            throw new EvaluationFileException(
                    entry.place()
                            + ": expected an answer in field \"text\", or in the first of \"turns\" of the first of \"choices\"");
        }
        return text.textValue();
    }
}
