package dev.lion.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON text of the run's files, and fields that are there and of the right kind. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectWriter LINE = MAPPER.writer();
    private static final ObjectWriter DOCUMENT = MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))); // on every system

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The object on one line, without a line end. */
    static String line(ObjectNode node) {
        return text(node, LINE);
    }

    /** The object on several lines, the last without a line end. */
    static String document(ObjectNode node) {
        return text(node, DOCUMENT);
    }

    private static String text(ObjectNode node, ObjectWriter writer) {
        try {
            String text = writer.writeValueAsString(node);
            return hasLoneSurrogate(text)
                    ? writer.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(node)
                    : text;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    // UTF-8 has no half of a surrogate pair, which a model's answer may end with; escaped it survives
    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int codePoint = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(codePoint)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    static JsonNode parse(String text) {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        return node;
    }

    static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("field \"" + name + "\" is missing");
        }
        return value;
    }

    static String string(JsonNode node, String name) {
        JsonNode value = field(node, name);
        require(value.isTextual(), name, "text", value);
        return value.textValue();
    }

    static long integer(JsonNode node, String name) {
        JsonNode value = field(node, name);
        require(value.isIntegralNumber() && value.canConvertToLong(), name, "a whole number", value);
        return value.longValue();
    }

    static int count(JsonNode node, String name) {
        return Math.toIntExact(integer(node, name));
    }

    static ObjectNode counts(Map<String, Integer> counts) {
        ObjectNode node = object();
        counts.forEach(node::put);
        return node;
    }

    /** Counts by name, in the order of the file. */
    static Map<String, Integer> counts(JsonNode node, String name) {
        JsonNode value = field(node, name);
        require(value.isObject(), name, "an object with counts", value);
        Map<String, Integer> counts = new LinkedHashMap<>();
        value.fieldNames().forEachRemaining(each -> counts.put(each, count(value, each)));
        return counts;
    }

    static double number(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (value.isTextual()) { // JSON has no NaN and no infinity; they are written as text
            return Double.parseDouble(value.textValue());
        }
        require(value.isNumber(), name, "a number", value);
        return value.doubleValue();
    }

    static <T extends Enum<T>> T constant(JsonNode node, String name, Class<T> type) {
        String text = string(node, name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field \"" + name + "\": expected one of "
                        + Arrays.toString(type.getEnumConstants()) + ", found " + text));
    }

    static <T> List<T> list(JsonNode node, String name, Codec<T> codec) {
        JsonNode value = field(node, name);
        require(value.isArray(), name, "a list", value);
        List<T> items = new ArrayList<>();
        value.forEach(item -> items.add(codec.read(item)));
        return items;
    }

    private static void require(boolean condition, String name, String expected, JsonNode found) {
        if (!condition) {
            throw new IllegalArgumentException("field \"" + name + "\": expected " + expected + ", found " + found);
        }
    }
}
