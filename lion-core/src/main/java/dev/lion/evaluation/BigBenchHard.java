package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Instruction;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads items in the format of BIG-Bench Hard (paper, section 4): a JSON file for each task, named after it, with {@code
 * input} and {@code target} of each of its {@code examples}. The student is asked the {@code input} as it is, zero-shot.
 * Stateless; any thread.
 *
 * <p>Of the benchmark's 27 tasks 17 have options with letters, 6 are about two words (true or false, yes or no, valid or
 * invalid), and 4 have free answers: the paper's 5,511 items are those of the 23 with a choice.
 */
public final class BigBenchHard {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String SUFFIX = ".json";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BigBenchHard() {}

    /**
     * The items of a task's file or of a folder's {@code .json} files, each with its task's rule: the first option's letter
     * where the input lists options with letters, the first of the words where it lists words or the task's targets are such,
     * and else the whole text. An item whose target is none of its options goes by the whole text too.
     *
     * @throws EvaluationFileException when there is none, or one of them is not as expected
     */
    public static List<BenchmarkItem> questions(Path path) {
        return TaskFiles.of(path, SUFFIX).stream()
                .flatMap(file -> questionsOf(file, readTask(file)).stream())
                .toList();
    }

    private static List<BenchmarkItem> questionsOf(Path file, List<ExactMatch.Item> task) {
        ListedOptions options = new ListedOptions(
                task.stream().map(item -> item.target().strip()).toList());
        List<BenchmarkItem> items = new ArrayList<>();
        for (ExactMatch.Item item : task) {
            try {
                AnswerRule rule =
                        options.rule(item.instruction().text(), item.target().strip());
                items.add(new BenchmarkItem(item.task(), item.instruction(), rule, item.target()));
            } catch (IllegalArgumentException e) {
                throw new EvaluationFileException(file + ": entry " + (items.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return items;
    }

    /**
     * The items of one task with its targets alone, in the file's order, for an exact match.
     *
     * @throws EvaluationFileException when the file, or an entry of it, is not as expected
     */
    public static List<ExactMatch.Item> readTask(Path file) {
        JsonNode examples = parse(file).path("examples");
        if (!examples.isArray() || examples.isEmpty()) {
            throw new EvaluationFileException(
                    file + ": field \"examples\": expected a list of objects with \"input\" and \"target\"");
        }
        List<ExactMatch.Item> items = new ArrayList<>();
        for (JsonNode example : examples) {
            Entry entry = new Entry(file + ": entry " + (items.size() + 1), example);
            Instruction question = Instruction.of(entry.text("input"));
            items.add(new ExactMatch.Item(TaskFiles.task(file, SUFFIX), question, entry.text("target")));
        }
        return items;
    }

    /**
     * The items of all tasks in a directory, that is, of its {@code .json} files, in the order of their names, for an exact
     * match.
     *
     * @throws EvaluationFileException when there is none, or one of them is not as expected
     */
    public static List<ExactMatch.Item> readTasks(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new EvaluationFileException(directory + ": is not a directory; give the folder of tasks");
        }
        return TaskFiles.of(directory, SUFFIX).stream()
                .flatMap(file -> readTask(file).stream())
                .toList();
    }

    private static JsonNode parse(Path file) {
        try {
            String text = Files.readString(file);
            return JSON.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : ": line " + e.getLocation().getLineNr();
            throw new EvaluationFileException(file + place + ": is not JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new EvaluationFileException(file + ": holds bytes that are not UTF-8", e);
        } catch (IOException e) {
            throw EvaluationFileException.unreadable(file, e);
        }
    }
}
