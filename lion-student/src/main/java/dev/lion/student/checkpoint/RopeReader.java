package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.decoder.RopeScaling;
import java.util.List;
import java.util.Optional;

/**
 * The rotary embedding in {@code config.json}: older files have {@code rope_theta} and, for a stretched one, {@code
 * rope_scaling}; newer ones have both in {@code rope_parameters}.
 */
final class RopeReader {
    private static final String THETA = "rope_theta";
    private static final String SCALING = "rope_scaling";
    private static final String PARAMETERS = "rope_parameters";
    private static final String PARTIAL = "partial_rotary_factor";
    private static final double DEFAULT_THETA = 10_000;

    private RopeReader() {}

    static double theta(ConfigFields config) {
        ConfigFields parameters = config.object(PARAMETERS);
        double outer = config.number(THETA, DEFAULT_THETA);
        double theta = parameters.number(THETA, outer);
        if (config.isSet(THETA) && theta != outer) {
            config.fault(THETA, outer + " is not the " + theta + " of rope_parameters; leave one out");
        }
        return theta;
    }

    /** Empty for an embedding that is not stretched, and for one that is faulty or not supported, which is noted down. */
    static Optional<RopeScaling> scaling(ConfigFields config) {
        Optional<RopeScaling> older = scaling(config, SCALING);
        Optional<RopeScaling> newer = scaling(config, PARAMETERS);
        if (config.isSet(SCALING) && config.isSet(PARAMETERS) && !older.equals(newer)) {
            config.fault(SCALING, "and rope_parameters say different things; leave one out");
        }
        return config.isSet(PARAMETERS) ? newer : older;
    }

    private static Optional<RopeScaling> scaling(ConfigFields config, String name) {
        if (!config.isSet(name)) {
            return Optional.empty();
        }
        JsonNode rope = config.value(name);
        ConfigFields fields = config.object(name);
        String type = fields.text("rope_type", fields.text("type", "default"));
        boolean simple = rope.isObject() && fields.number(PARTIAL, 1) == 1 && !isByLayerType(rope);
        if (simple && type.equals("default")) {
            return Optional.empty();
        }
        if (simple && type.equals("llama3")) {
            return llama3(fields);
        }
        config.fault(
                name,
                rope + " is not supported; lion knows the rope_type default and llama3 with one setting for all layers"
                        + " and whole heads. Remove it if texts stay within the model's first context");
        return Optional.empty();
    }

    private static boolean isByLayerType(JsonNode rope) {
        return rope.properties().stream().anyMatch(field -> field.getValue().isObject());
    }

    private static Optional<RopeScaling> llama3(ConfigFields fields) {
        var wanted = List.of(
                fields.requiredNumber("factor"),
                fields.requiredNumber("low_freq_factor"),
                fields.requiredNumber("high_freq_factor"));
        int original = fields.requiredInt("original_max_position_embeddings");
        if (wanted.stream().anyMatch(value -> value.isNaN()) || original == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RopeScaling(wanted.get(0), wanted.get(1), wanted.get(2), original));
        } catch (IllegalArgumentException e) {
            fields.fault("rope_type", "llama3 is " + e.getMessage());
            return Optional.empty();
        }
    }
}
