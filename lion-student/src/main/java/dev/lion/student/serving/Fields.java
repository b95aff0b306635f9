package dev.lion.student.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of a JSON object, each asked for by its type; null is the same as not there. A wrong one is named. */
record Fields(JsonNode object, String path) {
    private static final int SHOWN = 100;

    Fields {
        if (!object.isObject()) {
            String fault = "must be an object, not " + kind(object);
            throw path.isEmpty()
                    ? RefusedException.request(400, "invalid_body", "the body " + fault)
                    : RefusedException.field(path, fault);
        }
    }

    /** What the messages call a field. */
    String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** A field of any type. */
    Optional<JsonNode> any(String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
    }

    /** A field with something in it: neither missing nor an empty list or object. */
    Optional<JsonNode> filled(String field) {
        return any(field).filter(value -> !value.isContainerNode() || !value.isEmpty());
    }

    Optional<String> text(String field) {
        return any(field).map(value -> {
            require(value.isTextual(), field, "a string", value);
            return value.textValue();
        });
    }

    boolean flag(String field) {
        return any(field)
                .map(value -> {
                    require(value.isBoolean(), field, "true or false", value);
                    return value.booleanValue();
                })
                .orElse(false);
    }

    OptionalDouble number(String field, double least, double most) {
        var value = any(field);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        require(value.get().isNumber(), field, "a number", value.get());
        double number = value.get().doubleValue();
        requireRange(number >= least && number <= most, field, plain(least), plain(most), value.get());
        return OptionalDouble.of(number);
    }

    OptionalInt integer(String field, int least, int most) {
        var value = any(field);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        require(value.get().isIntegralNumber(), field, "an integer", value.get());
        boolean inRange = value.get().canConvertToInt()
                && value.get().intValue() >= least
                && value.get().intValue() <= most;
        requireRange(inRange, field, "" + least, "" + most, value.get());
        return OptionalInt.of(value.get().intValue());
    }

    OptionalLong whole(String field) {
        var value = any(field);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        require(value.get().isIntegralNumber(), field, "an integer", value.get());
        requireRange(value.get().canConvertToLong(), field, "-2^63", "2^63 - 1", value.get());
        return OptionalLong.of(value.get().longValue());
    }

    private void require(boolean holds, String field, String wanted, JsonNode value) {
        if (!holds) {
            throw RefusedException.field(name(field), "must be " + wanted + ", not " + kind(value));
        }
    }

    private void requireRange(boolean holds, String field, String least, String most, JsonNode value) {
        if (!holds) {
            throw RefusedException.field(
                    name(field), "must be from " + least + " to " + most + ", not " + shown(value));
        }
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** What a value is, for a message; not the value, which may be long. */
    static String kind(JsonNode value) {
        if (value.isFloatingPointNumber() || (value.isNumber() && !value.canConvertToLong())) {
            return "another number";
        }
        if (value.isMissingNode()) {
            return "nothing";
        }
        String type = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }
}
