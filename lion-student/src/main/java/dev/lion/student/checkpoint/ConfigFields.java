package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The fields of an object in a checkpoint's JSON: what is wrong with one is noted down, so that all faults come together. */
final class ConfigFields {
    private final JsonNode json;
    private final String prefix;
    private final List<String> faults;

    private ConfigFields(JsonNode json, String prefix, List<String> faults) {
        this.json = json;
        this.prefix = prefix;
        this.faults = faults;
    }

    static ConfigFields of(JsonNode json) {
        return new ConfigFields(json, "", new ArrayList<>());
    }

    /** The object in a field; its faults are noted down with this one's, under the field's name. */
    ConfigFields object(String name) {
        return new ConfigFields(json.path(name), prefix + name + ".", faults);
    }

    List<String> faults() {
        return faults;
    }

    void fault(String name, String rest) {
        faults.add(prefix + name + " " + rest);
    }

    /** What a field holds; {@code null} in JSON is a value of its own. */
    JsonNode value(String name) {
        return json.path(name);
    }

    /** Whether the field is there and not {@code null}. */
    boolean isSet(String name) {
        return isSet(json.path(name));
    }

    static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    /** Whether the field says more than nothing: not {@code null}, false, 0, or an empty text, list or object. */
    boolean isMeant(String name) {
        JsonNode value = json.path(name);
        boolean empty = value.isContainerNode() && value.isEmpty();
        boolean zero = value.isNumber() && value.asDouble() == 0;
        boolean off = value.isBoolean() && !value.asBoolean();
        boolean blank = value.isTextual() && value.asText().isEmpty();
        return isSet(value) && !empty && !zero && !off && !blank;
    }

    int requiredInt(String name) {
        if (!isSet(name)) {
            fault(name, "is missing");
            return 0;
        }
        return integer(name, 0);
    }

    int integer(String name, int otherwise) {
        return integer(name).orElse(otherwise);
    }

    OptionalInt integer(String name) {
        JsonNode value = json.path(name);
        if (isSet(value) && !value.isInt()) {
            fault(name, value + " is not a whole number");
        }
        return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    double requiredNumber(String name) {
        if (!isSet(name)) {
            fault(name, "is missing");
        }
        return number(name, Double.NaN);
    }

    double number(String name, double otherwise) {
        JsonNode value = json.path(name);
        if (isSet(value) && !value.isNumber()) {
            fault(name, value + " is not a number");
        }
        return value.isNumber() ? value.asDouble() : otherwise;
    }

    boolean flag(String name) {
        JsonNode value = json.path(name);
        if (isSet(value) && !value.isBoolean()) {
            fault(name, value + " is not true or false");
        }
        return value.asBoolean(false);
    }

    String text(String name, String otherwise) {
        JsonNode value = json.path(name);
        if (isSet(value) && !value.isTextual()) {
            fault(name, value + " is not a text");
        }
        return value.asText(otherwise);
    }
}
