package dev.lion.student.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Low-rank adaptation (Hu et al., <i>LoRA</i>, 2021): the model's own weights stay as they are, and each chosen linear layer
 * learns two narrow matrices whose product is added to it, times {@code alpha / rank}.
 *
 * @param rank width of the narrow matrices
 * @param alpha scales what they add, as {@code alpha / rank}; default twice the rank
 * @param dropout share of the adapter's inputs that is set to 0 in training; default 0
 * @param targets the linear layers that are adapted, in the order of {@link Target}; default all
 */
public record LoraConfig(int rank, double alpha, double dropout, List<Target> targets) {
    /** The linear layers of a decoder layer that can be adapted, by their Hugging Face names. */
    public enum Target {
        /** Queries. */
        Q_PROJ("self_attn.q_proj"),
        /** Keys. */
        K_PROJ("self_attn.k_proj"),
        /** Values. */
        V_PROJ("self_attn.v_proj"),
        /** What leaves the attention. */
        O_PROJ("self_attn.o_proj"),
        /** The gate of the feed-forward. */
        GATE_PROJ("mlp.gate_proj"),
        /** What the gate is multiplied with. */
        UP_PROJ("mlp.up_proj"),
        /** What leaves the feed-forward. */
        DOWN_PROJ("mlp.down_proj");

        private final String module;

        Target(String module) {
            this.module = module;
        }

        /** The module within a layer, such as {@code self_attn.q_proj}. */
        public String module() {
            return module;
        }

        /** The last part of the module's name, by which PEFT's {@code target_modules} call it, such as {@code q_proj}. */
        public String moduleName() {
            return module.substring(module.indexOf('.') + 1);
        }

        /** The target that PEFT calls so; empty for a module that is not a linear layer of a decoder layer. */
        public static Optional<Target> named(String moduleName) {
            return List.of(values()).stream()
                    .filter(target -> target.moduleName().equals(moduleName))
                    .findFirst();
        }
    }

    public LoraConfig {
        var faults = new ArrayList<String>();
        if (rank < 1) {
            faults.add("rank " + rank + " must be at least 1");
        }
        if (!((float) alpha > 0 && Float.isFinite((float) alpha))) {
            faults.add("alpha " + alpha + " must be above 0 and within the range of a float");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            faults.add("dropout " + dropout + " must be in [0, 1)");
        }
        targets = List.copyOf(Objects.requireNonNull(targets, "targets").stream()
                .sorted()
                .distinct()
                .toList());
        if (targets.isEmpty()) {
            faults.add("targets must name at least one linear layer");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("not a usable LoRA configuration: " + String.join("; ", faults));
        }
    }

    /** All linear layers, alpha twice the rank, no dropout. */
    public static LoraConfig ofRank(int rank) {
        return new LoraConfig(rank, 2.0 * rank, 0, List.of(Target.values()));
    }

    /** The same with another {@link #alpha()}. */
    public LoraConfig withAlpha(double value) {
        return new LoraConfig(rank, value, dropout, targets);
    }

    /** The same with another {@link #dropout()}. */
    public LoraConfig withDropout(double value) {
        return new LoraConfig(rank, alpha, value, targets);
    }

    /** The same with other {@link #targets()}. */
    public LoraConfig withTargets(List<Target> value) {
        return new LoraConfig(rank, alpha, dropout, value);
    }

    /** What the product of the two matrices is multiplied with. */
    public double scale() {
        return alpha / rank;
    }

    /**
     * Every parameter of the adapter with its shape, such as {@code model.layers.0.self_attn.q_proj.lora_A.weight} [rank,
     * in] and {@code …lora_B.weight} [out, rank]; layer by layer, in the order of the targets.
     *
     * @throws IllegalArgumentException when the rank is above the model's hidden size, the width that every one of the layers
     *     has on one side: more adds nothing to any of them
     */
    public Map<String, List<Long>> parameterShapes(DecoderConfig config) {
        if (rank > config.hiddenSize()) {
            throw new IllegalArgumentException("LoRA's rank " + rank + " is above the model's hidden_size "
                    + config.hiddenSize() + "; give one of at most that");
        }
        Map<String, List<Long>> adapted = config.parameterShapes();
        var shapes = new LinkedHashMap<String, List<Long>>();
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            for (Target target : targets) {
                String module = "model.layers." + layer + "." + target.module();
                List<Long> shape = Objects.requireNonNull(adapted.get(module + ".weight"), module);
                shapes.put(module + ".lora_A.weight", List.of((long) rank, shape.get(1)));
                shapes.put(module + ".lora_B.weight", List.of(shape.get(0), (long) rank));
            }
        }
        return shapes;
    }
}
