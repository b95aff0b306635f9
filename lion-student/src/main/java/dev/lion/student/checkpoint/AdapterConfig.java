package dev.lion.student.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.LoraConfig.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** PEFT's {@code adapter_config.json}: read with PEFT's defaults, every fault collected, and written in full. */
final class AdapterConfig {
    private static final String TARGETS = "target_modules";
    private static final String ALL = "all-linear";

    /** What changes the arithmetic or adds weights, where it is set. */
    private static final List<String> UNSUPPORTED = List.of(
            "use_dora",
            "lora_bias",
            "fan_in_fan_out",
            "modules_to_save",
            "rank_pattern",
            "alpha_pattern",
            "layers_to_transform",
            "layers_pattern",
            "exclude_modules",
            "target_parameters",
            "trainable_token_indices",
            "layer_replication",
            "megatron_config",
            "use_qalora",
            "alora_invocation_tokens");

    /** The beginnings that leave the base's weights as they are; others move a part of them into the adapter. */
    private static final Set<String> HARMLESS_BEGINNINGS = Set.of("gaussian", "orthogonal", "eva");

    private final ConfigFields fields;

    private AdapterConfig(ConfigFields fields) {
        this.fields = fields;
    }

    /**
     * Reads the configuration.
     *
     * @throws CheckpointException naming every field that is wrong or asks for what lion does not have
     */
    static AdapterDescription read(Path file, ObjectNode json) {
        var fields = ConfigFields.of(json);
        AdapterConfig config = new AdapterConfig(fields);
        config.checkSupported();
        int rank = fields.integer("r", 8);
        double alpha = fields.number("lora_alpha", 8);
        double dropout = fields.number("lora_dropout", 0);
        double scaled = fields.flag("use_rslora") ? alpha * Math.sqrt(rank) : alpha;
        List<Target> targets = config.targets();
        if (!fields.faults().isEmpty()) {
            throw CheckpointException.ofFaults(file, "not an adapter that can be used", fields.faults());
        }
        try {
            var base = Optional.of(fields.text("base_model_name_or_path", "")).filter(name -> !name.isEmpty());
            return new AdapterDescription(new LoraConfig(rank, scaled, dropout, targets), base);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    private void checkSupported() {
        requireText("peft_type", "", "LORA");
        requireText("task_type", "CAUSAL_LM", "CAUSAL_LM");
        requireText("bias", "none", "none");
        for (String name : UNSUPPORTED) {
            if (fields.isMeant(name)) {
                fields.fault(name, fields.value(name) + " is not supported; merge the adapter with PEFT instead");
            }
        }
        JsonNode beginning = fields.value("init_lora_weights");
        if (beginning.isTextual() && !HARMLESS_BEGINNINGS.contains(beginning.asText())) {
            fields.fault(
                    "init_lora_weights",
                    beginning + " is not supported: such an adapter fits a changed base; convert it to a plain one with"
                            + " PEFT");
        }
    }

    private void requireText(String name, String otherwise, String supported) {
        String found = fields.text(name, otherwise);
        if (!found.equals(supported)) {
            fields.fault(name, "'" + found + "' is not supported, only '" + supported + "'");
        }
    }

    private List<Target> targets() {
        JsonNode modules = fields.value(TARGETS);
        if (modules.isTextual() && modules.asText().equals(ALL)) {
            return List.of(Target.values());
        }
        if (!modules.isArray() || modules.isEmpty()) {
            fields.fault(TARGETS, modules + " is neither a list of modules nor '" + ALL + "'; list them");
        }
        var targets = new ArrayList<Target>();
        for (JsonNode module : modules) {
            target(module.asText()).ifPresentOrElse(targets::add, () -> refuse(module));
        }
        return targets;
    }

    /** PEFT takes the end of a module's name, from one part of it on. */
    private static Optional<Target> target(String module) {
        return Arrays.stream(Target.values())
                .filter(target -> module.equals(target.moduleName()) || module.equals(target.module()))
                .findFirst();
    }

    private void refuse(JsonNode module) {
        fields.fault(
                TARGETS,
                "has " + module + ", which is not adapted; lion adapts "
                        + Arrays.stream(Target.values()).map(Target::moduleName).collect(Collectors.joining(", ")));
    }

    /** The content of the file for an adapter. */
    static ObjectNode toJson(AdapterDescription adapter) {
        LoraConfig lora = adapter.lora();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("alpha_pattern");
        adapter.baseModel()
                .ifPresentOrElse(
                        name -> json.put("base_model_name_or_path", name),
                        () -> json.putNull("base_model_name_or_path"));
        json.put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("inference_mode", true)
                .put("init_lora_weights", true)
                .putNull("layers_pattern")
                .putNull("layers_to_transform");
        putWhole(json, "lora_alpha", lora.alpha());
        json.put("lora_dropout", lora.dropout())
                .putNull("modules_to_save")
                .put("peft_type", "LORA")
                .put("r", lora.rank())
                .putObject("rank_pattern");
        json.putNull("revision");
        var targets = json.putArray(TARGETS);
        lora.targets().forEach(target -> targets.add(target.moduleName()));
        return json.put("task_type", "CAUSAL_LM").put("use_dora", false).put("use_rslora", false);
    }

    /** PEFT declares an integer, and takes any number. */
    private static void putWhole(ObjectNode json, String name, double value) {
        if (value == Math.rint(value) && value <= Integer.MAX_VALUE) {
            json.put(name, (int) value);
        } else {
            json.put(name, value);
        }
    }
}
