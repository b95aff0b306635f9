package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads items in the format of BIG-Bench Hard: a JSON file for each task, named after it, with {@code input} and {@code
 * target} of each of its {@code examples}.
 */
public final class BigBenchHard {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SUFFIX = ".json";

    private BigBenchHard() {}

    /**
     * The items of one task, in the file's order.
     *
     * @throws EvaluationFileException when the file, or an entry of it, is not as expected
     */
    public static List<ExactMatch.Item> readTask(Path file) {
        JsonNode examples = parse(file).path("examples");
        if (!examples.isArray() || examples.isEmpty()) {
            throw new EvaluationFileException(
                    file + ": field \"examples\": expected a list of objects with \"input\" and \"target\"");
        }
        String name = String.valueOf(file.getFileName());
        String task = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        List<ExactMatch.Item> items = new ArrayList<>();
        for (JsonNode example : examples) {
            String place = file + ": entry " + (items.size() + 1);
            Instruction question = Instruction.of(text(place, example, "input"));
            items.add(new ExactMatch.Item(task, question, text(place, example, "target")));
        }
        return items;
    }

    /**
     * The items of all tasks in a directory, that is, of its {@code .json} files, in the order of their names.
     *
     * @throws EvaluationFileException when there is none, or one of them is not as expected
     */
    public static List<ExactMatch.Item> readTasks(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new EvaluationFileException(directory + ": is not a directory; give the folder of tasks");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<ExactMatch.Item> items = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .flatMap(file -> readTask(file).stream())
                    .toList();
            if (items.isEmpty()) {
                throw new EvaluationFileException(
                        directory + ": holds no " + SUFFIX + " file; give the folder of tasks");
            }
            return items;
        } catch (IOException e) {
            throw new EvaluationFileException(directory + ": cannot be read: " + e, e);
        }
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new EvaluationFileException(
                    file + ": line " + e.getLocation().getLineNr() + ": is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new EvaluationFileException(file + ": cannot be read: " + e, e);
        }
    }

    private static String text(String place, JsonNode example, String field) {
        JsonNode value = example.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new EvaluationFileException(place + ": field \"" + field + "\": expected text, found "
                    + (value.isMissingNode() ? "nothing" : value));
        }
        return value.textValue();
    }
}
