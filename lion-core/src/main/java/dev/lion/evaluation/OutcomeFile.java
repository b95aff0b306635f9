package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.ItemOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Outcomes by item as JSON Lines, {@code id, task, answer, right}, so that a later student can be compared on the same items.
 * A run's {@code iteration-k/evaluation.jsonl} is read too. Stateless; any thread.
 */
public final class OutcomeFile {
    private static final JsonMapper JSON = new JsonMapper();

    private OutcomeFile() {}

    /** Writes outcomes, in order, in place of what the file held. */
    public static void write(Path file, List<ItemOutcome> outcomes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ItemOutcome outcome : outcomes) {
            lines.add(line(outcome));
        }
        Files.write(file, lines);
    }

    private static String line(ItemOutcome outcome) throws JsonProcessingException {
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("id", outcome.id())
                .put("task", outcome.task())
                .put("answer", outcome.answer())
                .put("right", outcome.right()));
    }

    /**
     * Reads outcomes, in order.
     *
     * @throws EvaluationFileException when the file, or a line of it, is not as expected
     */
    public static List<ItemOutcome> read(Path file) {
        return Entry.readLines(file).stream().map(OutcomeFile::outcome).toList();
    }

    private static ItemOutcome outcome(Entry entry) {
        if (!entry.node().path("right").isBoolean()) {
            throw entry.fault("right", "expected true or false");
        }
        return new ItemOutcome(
                entry.text("task"),
                entry.text("id"),
                entry.textOrNothing("answer"),
                entry.node().path("right").booleanValue());
    }
}
