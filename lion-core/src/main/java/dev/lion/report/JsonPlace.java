package dev.lion.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value in a JSON text and the way to it, so that an error can say where it is.
 *
 * @param path as {@code runs[3].points[0]}; empty for the whole
 */
record JsonPlace(JsonNode node, String path) {

    /** What was expected at a place and is not there. */
    static final class FaultException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FaultException(String message) {
            super(message);
        }
    }

    FaultException fault(String expected) {
        String found = node.toString();
        String shown = found.length() <= 60 ? found : found.substring(0, 60) + "\u2026";
        return new FaultException((path.isEmpty() ? "the text" : path) + " must be " + expected + ", but is " + shown);
    }

    JsonPlace field(String name) {
        return optional(name)
                .orElseThrow(() -> new FaultException((path.isEmpty() ? "" : path + ".") + name + " is missing"));
    }

    /** A field; empty where it is missing or null. */
    Optional<JsonPlace> optional(String name) {
        if (!node.isObject()) {
            throw fault("an object");
        }
        JsonNode value = node.get(name);
        return value == null || value.isNull()
                ? Optional.empty()
                : Optional.of(new JsonPlace(value, path.isEmpty() ? name : path + "." + name));
    }

    String text(String name) {
        return field(name).text();
    }

    String text() {
        if (!node.isTextual()) {
            throw fault("text");
        }
        return node.textValue();
    }

    long whole(String name) {
        JsonPlace place = field(name);
        if (!place.node.isIntegralNumber() || !place.node.canConvertToLong()) {
            throw place.fault("a whole number");
        }
        return place.node.longValue();
    }

    double number(String name) {
        return field(name).number();
    }

    /** JSON has neither NaN nor infinity; they are written as text. */
    double number() {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw fault("a number");
        };
    }

    <T> List<T> list(String name, Function<JsonPlace, T> entry) {
        JsonPlace place = field(name);
        if (!place.node.isArray()) {
            throw place.fault("a list");
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < place.node.size(); i++) {
            list.add(entry.apply(new JsonPlace(place.node.get(i), place.path + "[" + i + "]")));
        }
        return list;
    }

    /** An object's values by name, in the order of the text. */
    <T> Map<String, T> map(String name, Function<JsonPlace, T> value) {
        return field(name).map(value);
    }

    <T> Map<String, T> map(Function<JsonPlace, T> value) {
        if (!node.isObject()) {
            throw fault("an object");
        }
        Map<String, T> map = new LinkedHashMap<>();
        node.properties()
                .forEach(e -> map.put(e.getKey(), value.apply(new JsonPlace(e.getValue(), path + "." + e.getKey()))));
        return map;
    }
}
