package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lion.data.Utf8Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object of a file of items, with where it stands; a fault names file, place and field.
 *
 * @param place such as {@code items.jsonl: line 3}
 * @param node what is there
 */
record Entry(String place, JsonNode node) {
    private static final int SHOWN = 80;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Entry {
        if (!node.isObject()) {
            throw new EvaluationFileException(place + ": expected a JSON object, found " + describe(node));
        }
    }

    /** The objects of a file of JSON Lines, in order; blank lines are skipped. */
    static List<Entry> readLines(Path file) {
        List<Entry> entries = new ArrayList<>();
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                String place = file + ": line " + line.get().number();
                String text = line.get()
                        .text()
                        .orElseThrow(() -> new EvaluationFileException(place + ": holds bytes that are not UTF-8"));
                if (!text.isBlank()) {
                    entries.add(new Entry(place, parse(place, text)));
                }
            }
        } catch (IOException e) {
            throw EvaluationFileException.unreadable(file, e);
        }
        return entries;
    }

    private static JsonNode parse(String place, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new EvaluationFileException(place + ": is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A text that must be there. */
    String text(String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw fault(field, "expected text, found " + describe(value));
        }
        return wellFormed(field, value.textValue());
    }

    // such a text can be written to no file
    private String wellFormed(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw fault(field, "holds half of a character (a lone surrogate)");
        }
        return text;
    }

    /** A text, nothing where it is missing or null. */
    String textOrNothing(String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw fault(field, "expected text, found " + describe(value));
        }
        return wellFormed(field, value.textValue());
    }

    /** A list of texts that must be there. */
    List<String> texts(String field) {
        JsonNode value = node.path(field);
        List<String> texts = new ArrayList<>();
        value.forEach(each -> texts.add(each.isTextual() ? each.textValue() : ""));
        if (!value.isArray() || texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw fault(field, "expected a list of texts, found " + describe(value));
        }
        return texts;
    }

    /** A text or a whole number that must be there, such as an id. */
    String name(String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() ? value.asText() : text(field);
    }

    EvaluationFileException fault(String field, String what) {
        return new EvaluationFileException(place + ": field \"" + field + "\": " + what);
    }

    private static String describe(JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
