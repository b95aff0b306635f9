package dev.lion.student.training;

import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.WeightType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Compares what a training needs with the memory there is, before any of it is taken. Silent where the system does not tell
 * what there is. Used by the student and by commands, from any thread.
 */
public final class MemoryCheck {
    /** Passes are not chosen larger than this: more tokens at once are hardly faster. */
    static final int MOST_TOKENS = 512;

    private static final int LEAST_TOKENS = 256;

    /** The share of the machine's memory that a training may take when nothing else is said. */
    private static final double SHARE = 0.8;

    private static final int RANK = 16;
    private static final double GIGA = 1e9;

    private MemoryCheck() {}

    /**
     * Returns if the training fits beside what else the machine does.
     *
     * @param longest tokens of the longest example, below which no pass can be cut
     * @throws NotEnoughMemoryException if it does not, with what other settings would need
     */
    public static void require(TrainingLoad load, int longest) {
        require(load, longest, MachineMemory.here().available());
    }

    static void require(TrainingLoad load, int longest, OptionalLong available) {
        MemoryEstimate needed = MemoryEstimate.of(load);
        if (available.isEmpty() || needed.beyondWeights() <= available.getAsLong()) {
            return;
        }
        throw new NotEnoughMemoryException(String.format(
                Locale.ROOT,
                "this training needs about %s, %.2f GB of it beyond the weights, and %.2f GB are free; nothing was begun. %s",
                needed,
                needed.beyondWeights() / GIGA,
                available.getAsLong() / GIGA,
                advice(load, longest)));
    }

    private static String advice(TrainingLoad load, int longest) {
        var alternatives = alternatives(load, longest);
        if (alternatives.isEmpty()) {
            return "There is no other setting that needs less; take a smaller model or a larger machine";
        }
        return alternatives.entrySet().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%.2f GB with %s",
                        MemoryEstimate.of(one.getValue()).total() / GIGA,
                        one.getKey()))
                .collect(Collectors.joining("; ", "It would need ", ""));
    }

    /** What else could be asked for, each alone but the last, which is all of it together. */
    private static Map<String, TrainingLoad> alternatives(TrainingLoad load, int longest) {
        var found = new LinkedHashMap<String, TrainingLoad>();
        int smallest = Math.min(load.tokensOfPass(), Math.max(LEAST_TOKENS, longest));
        var all = load;
        if (smallest < load.tokensOfPass()) {
            found.put("tokensPerPass " + smallest, load.withTokensOfPass(smallest));
            all = all.withTokensOfPass(smallest);
        }
        if (longest > LEAST_TOKENS) {
            found.put(
                    "maxLength and tokensPerPass " + Math.max(LEAST_TOKENS, longest / 2),
                    load.withTokensOfPass(Math.max(LEAST_TOKENS, longest / 2)));
        }
        if (!load.recomputation()) {
            found.put("recomputation", load.withRecomputation());
            all = all.withRecomputation();
        }
        if (load.passes() > 1) {
            found.put("one thread", load.withPasses(1));
            all = all.withPasses(1);
        }
        LoraConfig adapter = load.lora().orElseGet(() -> LoraConfig.ofRank(RANK));
        if (load.lora().isEmpty()) {
            found.put("LoRA of rank " + RANK, load.withLora(adapter, WeightType.FLOAT32));
        }
        if (load.lora().isEmpty() || load.base() == WeightType.FLOAT32) {
            found.put("LoRA on a bfloat16 base", load.withLora(adapter, WeightType.BFLOAT16));
            all = all.withLora(adapter, WeightType.BFLOAT16);
        }
        if (!found.isEmpty()) {
            found.put("all of this but shorter examples", all);
        }
        return found;
    }

    /**
     * The tokens of a pass when nothing is said: {@value #MOST_TOKENS}, or half of it, a quarter and so on, as much as fits
     * into 80 % of the memory that the machine, or the process's control group, has in all. That does not depend on what
     * else runs, so a continued training chooses the same again.
     */
    public static int tokensPerPass(TrainingLoad load) {
        return tokensPerPass(load, MachineMemory.here().total());
    }

    static int tokensPerPass(TrainingLoad load, OptionalLong total) {
        int tokens = MOST_TOKENS;
        while (tokens > LEAST_TOKENS
                && total.isPresent()
                && MemoryEstimate.of(load.withTokensOfPass(tokens)).total() > SHARE * total.getAsLong()) {
            tokens /= 2;
        }
        return tokens;
    }
}
