package dev.lion.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.AgiEval;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.VicunaQuestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Items of an evaluation, in any format that lion reads: instructions, Vicuna's questions, BIG-Bench Hard's and
 * AGIEval's tasks. */
final class GuardFile {
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private GuardFile() {}

    /**
     * The items of a file, or of a folder of tasks.
     *
     * @throws dev.lion.LionException when it cannot be read as any of them
     */
    static List<Instruction> read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return instructions(BenchmarkFiles.read(path));
        }
        JsonNode first = Files.isRegularFile(path) ? first(path) : MissingNode.getInstance();
        if (first.has("turns") || first.has("text")) {
            return VicunaQuestions.read(path);
        }
        if (first.has("options") && first.has("label")) {
            return instructions(AgiEval.questions(path));
        }
        return first.has("examples")
                ? instructions(BigBenchHard.questions(path))
                : InstructionPool.read(path).instructions();
    }

    private static List<Instruction> instructions(List<BenchmarkItem> items) {
        return items.stream().map(BenchmarkItem::instruction).toList();
    }

    /** The file's first JSON value: a line, or the whole of a task's file; a missing node where it does not begin with one. */
    private static JsonNode first(Path file) throws IOException {
        try (MappingIterator<JsonNode> values = JSON.readValues(file.toFile())) {
            return values.hasNextValue() ? values.nextValue() : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // another format, whose reader says what is wrong
        }
    }
}
