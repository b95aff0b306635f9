package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a byte-level tokenizer cuts text before it merges that are the same, in lion and in llama.cpp. */
enum PreTokenizer {
    /** GPT-2's pattern. */
    GPT_2("gpt-2", false, Cut.BYTE_LEVEL_PATTERN, ""),
    /** Digits one by one, then GPT-2's pattern: SmolLM's, and that of tokenizers which lion trained. */
    SMOLLM("smollm", false, Cut.DIGITS, ""),
    /** Llama 3's pattern, with numbers of up to three digits; a piece that is a token is not merged. */
    LLAMA_3("llama-bpe", true, Cut.PATTERN, Patterns.LLAMA_3),
    /** Llama 3's pattern, every piece merged. */
    DBRX("dbrx", false, Cut.PATTERN, Patterns.LLAMA_3),
    /** Qwen2's and Qwen3's pattern: llama 3's, with digits one by one. */
    QWEN_2("qwen2", false, Cut.PATTERN, Patterns.QWEN_2);

    private enum Cut {
        BYTE_LEVEL_PATTERN,
        DIGITS,
        PATTERN
    }

    /** As {@code tokenizer.json} has them. */
    private static final class Patterns {
        private static final String LLAMA_3 = pattern("\\p{N}{1,3}");
        private static final String QWEN_2 = pattern("\\p{N}");

        private static String pattern(String numbers) {
            return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
        }
    }

    private final String pre;
    private final boolean ignoresMerges;
    private final Cut cut;
    private final String pattern;

    PreTokenizer(String pre, boolean ignoresMerges, Cut cut, String pattern) {
        this.pre = pre;
        this.ignoresMerges = ignoresMerges;
        this.cut = cut;
        this.pattern = pattern;
    }

    /** What llama.cpp calls it. */
    String pre() {
        return pre;
    }

    boolean ignoresMerges() {
        return ignoresMerges;
    }

    static Optional<PreTokenizer> named(String pre) {
        return Arrays.stream(values()).filter(one -> one.pre.equals(pre)).findFirst();
    }

    /** The way of a {@code tokenizer.json}; empty when llama.cpp has no counterpart, or one that is not known here. */
    static Optional<PreTokenizer> of(JsonNode tokenizer) {
        boolean ignoresMerges = tokenizer.path("model").path("ignore_merges").asBoolean(false);
        List<String> steps = steps(tokenizer.path("pre_tokenizer"));
        return Arrays.stream(values())
                .filter(one ->
                        one.ignoresMerges == ignoresMerges && steps(one.json()).equals(steps))
                .findFirst();
    }

    /** What a {@code tokenizer.json} has for it. */
    ObjectNode json() {
        ObjectNode sequence = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        if (cut == Cut.DIGITS) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        } else if (cut == Cut.PATTERN) {
            ObjectNode split = steps.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", pattern);
            split.put("behavior", "Isolated").put("invert", false);
        }
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", cut != Cut.PATTERN);
        return sequence;
    }

    /** Each step in words that are equal when it does the same. */
    private static List<String> steps(JsonNode preTokenizer) {
        if (!preTokenizer.path("type").asText().equals("Sequence")) {
            return List.of(words(preTokenizer));
        }
        var steps = new ArrayList<String>();
        preTokenizer.path("pretokenizers").forEach(step -> steps.add(words(step)));
        return steps;
    }

    private static String words(JsonNode step) {
        return switch (step.path("type").asText("none")) {
            case "ByteLevel" ->
                "ByteLevel" + (step.path("use_regex").asBoolean(true) ? " with GPT-2's pattern" : "")
                        + (step.path("add_prefix_space").asBoolean(true) ? " after a space" : "");
            case "Digits" -> "Digits" + (step.path("individual_digits").asBoolean(false) ? " one by one" : "");
            case "Split" ->
                "Split " + step.path("behavior").asText() + (step.path("invert").asBoolean(false) ? " inverted" : "")
                        + " at " + step.path("pattern");
            default -> step.path("type").asText("none");
        };
    }

    /** What a message says of a {@code tokenizer.json}. */
    static String describe(JsonNode tokenizer) {
        return steps(tokenizer.path("pre_tokenizer")).stream().collect(Collectors.joining(", "))
                + (tokenizer.path("model").path("ignore_merges").asBoolean(false) ? ", merges ignored" : "");
    }
}
