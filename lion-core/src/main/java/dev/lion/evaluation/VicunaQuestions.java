package dev.lion.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Instruction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads open questions in the format of Vicuna's: JSON Lines with the question in {@code text}, or, where there are several
 * turns, in the first of {@code turns}; its id in {@code question_id} and its kind in {@code category}. Stateless; any thread.
 */
public final class VicunaQuestions {
    private static final String UNSORTED = "all";

    private VicunaQuestions() {}

    /**
     * The questions without id and category, in the file's order; blank lines are skipped.
     *
     * @throws EvaluationFileException when the file, or a line of it, is not as expected
     */
    public static List<Instruction> read(Path file) {
        return nonEmpty(file).stream()
                .map(entry -> Instruction.of(question(entry)))
                .toList();
    }

    /**
     * The questions, in the file's order; blank lines are skipped. One without an id is called by the number of its line, one
     * without a category is of the category {@code all}.
     *
     * @throws EvaluationFileException when the file, or a line of it, is not as expected, or two questions have one id
     */
    public static List<OpenQuestion> questions(Path file) {
        List<OpenQuestion> questions = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Entry entry : nonEmpty(file)) {
            String id = entry.node().has("question_id")
                    ? entry.name("question_id")
                    : entry.place().replaceAll(".* ", "");
            if (!ids.add(id)) {
                throw entry.fault("question_id", "an earlier question has the id " + id + " too");
            }
            String category = entry.textOrNothing("category").strip();
            questions.add(
                    new OpenQuestion(id, category.isEmpty() ? UNSORTED : category, Instruction.of(question(entry))));
        }
        return questions;
    }

    private static List<Entry> nonEmpty(Path file) {
        List<Entry> entries = Entry.readLines(file);
        if (entries.isEmpty()) {
            throw new EvaluationFileException(file + ": holds no question");
        }
        return entries;
    }

    private static String question(Entry entry) {
        JsonNode node = entry.node();
        JsonNode text = node.has("turns") ? node.get("turns").path(0) : node.path("text");
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw new EvaluationFileException(
                    entry.place() + ": expected a question in field \"text\" or in the first of \"turns\"");
        }
        return text.textValue();
    }
}
