package dev.lion.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.AgiEval;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.VicunaQuestions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Items of an evaluation, in any format that lion reads: instructions, Vicuna's questions, BIG-Bench Hard's and
 * AGIEval's tasks. */
final class GuardFile {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        Optional<JsonNode> first = Files.isRegularFile(path) ? firstObject(path) : Optional.empty();
        if (first.filter(line -> line.has("turns") || line.has("text")).isPresent()) {
            return VicunaQuestions.read(path);
        }
        if (first.filter(line -> line.has("options") && line.has("label")).isPresent()) {
            return instructions(AgiEval.questions(path));
        }
        boolean isTask = Files.isRegularFile(path)
                && wholeObject(path).filter(it -> it.has("examples")).isPresent();
        return isTask
                ? instructions(BigBenchHard.questions(path))
                : InstructionPool.read(path).instructions();
    }

    private static List<Instruction> instructions(List<BenchmarkItem> items) {
        return items.stream().map(BenchmarkItem::instruction).toList();
    }

    /** The first line, if it is a JSON object. */
    private static Optional<JsonNode> firstObject(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.lines().filter(line -> !line.isBlank()).findFirst().flatMap(GuardFile::object);
        }
    }

    /** The whole file, if it is one JSON object. */
    private static Optional<JsonNode> wholeObject(Path file) throws IOException {
        return object(Files.readString(file));
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // another format, whose reader says what is wrong
        }
    }
}
