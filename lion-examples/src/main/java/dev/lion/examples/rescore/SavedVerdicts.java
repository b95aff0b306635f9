package dev.lion.examples.rescore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.LionException;
import dev.lion.data.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Verdicts as JSON Lines: {@code reply} with {@code first} and {@code second}, or with {@code abstained}. */
public final class SavedVerdicts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SavedVerdicts() {}

    /** Writes verdicts to a file, in place of what it held. */
    public static void write(Path file, Map<String, Verdict> verdicts) throws IOException {
        List<String> lines = verdicts.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue()))
                .toList();
        Files.write(file, lines);
    }

    private static String line(String key, Verdict verdict) {
        ObjectNode line = JSON.createObjectNode().put("reply", key);
        if (verdict instanceof Verdict.Scored scored) {
            line.put("first", scored.first()).put("second", scored.second());
        } else if (verdict instanceof Verdict.Abstained abstained) {
            line.put("abstained", abstained.reason());
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads verdicts back.
     *
     * @throws LionException naming the file and the first line that is something else
     */
    public static Map<String, Verdict> read(Path file) throws IOException {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                JsonNode node = JSON.readTree(line);
                verdicts.put(node.required("reply").asText(), verdict(node));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new LionException(file + ", line " + number + ": not a saved verdict: " + e.getMessage(), e);
            }
        }
        return verdicts;
    }

    private static Verdict verdict(JsonNode node) {
        return node.has("abstained")
                ? Verdict.abstain(node.get("abstained").asText())
                : Verdict.of(
                        node.required("first").asDouble(),
                        node.required("second").asDouble());
    }
}
