package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Where a SentencePiece-style tokenizer puts a space, the marker of a word's start, before a text. */
enum SpacePrefix {
    /** Nowhere. */
    NONE(),
    /** Before the text as a whole only, which a special token at its start keeps it from. */
    FIRST_PART("Metaspace first"),
    /** Before a text, and before what follows a special token: llama.cpp's way. */
    EVERY_PART("Prepend ▁, Replace", "Metaspace always");

    /** The normalizer and the pre-tokenizer that do it, in words. */
    private final ImmutableList<String> forms;

    SpacePrefix(String... forms) {
        this.forms = ImmutableList.copyOf(forms);
    }

    /** The way of a {@code tokenizer.json}; empty for one that does anything else to text. */
    static Optional<SpacePrefix> of(JsonNode tokenizer) {
        String form = describe(tokenizer);
        if (List.of("Replace", "Metaspace never").contains(form)) {
            return Optional.of(NONE);
        }
        return Arrays.stream(values()).filter(one -> one.forms.contains(form)).findFirst();
    }

    /** What the tokenizer does to text before it merges. */
    static String describe(JsonNode tokenizer) {
        var words = new ArrayList<String>();
        steps(tokenizer.path("normalizer"), "normalizers").forEach(step -> words.add(normalizer(step)));
        steps(tokenizer.path("pre_tokenizer"), "pretokenizers").forEach(step -> words.add(preTokenizer(step)));
        return String.join(", ", words);
    }

    private static List<JsonNode> steps(JsonNode step, String list) {
        if (step.isMissingNode() || step.isNull()) {
            return List.of();
        }
        return step.has(list)
                ? StreamSupport.stream(step.path(list).spliterator(), false).toList()
                : List.of(step);
    }

    private static String normalizer(JsonNode step) {
        return switch (step.path("type").asText()) {
            case "Prepend" -> "Prepend " + step.path("prepend").asText();
            case "Replace" ->
                step.at("/pattern/String").asText().equals(" ")
                                && step.path("content").asText().equals("▁")
                        ? "Replace"
                        : "Replace " + step.path("pattern");
            default -> step.path("type").asText();
        };
    }

    private static String preTokenizer(JsonNode step) {
        boolean whole = step.path("type").asText().equals("Metaspace")
                && !step.path("split").asBoolean(true)
                && step.path("replacement").asText().equals("▁");
        return whole
                ? "Metaspace " + step.path("prepend_scheme").asText("always")
                : step.path("type").asText();
    }
}
