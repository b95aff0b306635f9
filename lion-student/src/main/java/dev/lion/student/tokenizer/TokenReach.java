package dev.lion.student.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How much of a text one token can stand for: what tells, before any token is counted, that a text has more of them than fit.
 * A token stands for its own text at most, and for more only where the tokenizer first makes texts shorter.
 */
final class TokenReach {
    /** Where blanks are dropped or unknown characters become one token, there is no bound; no useful text is beyond this one. */
    static final int WITHOUT_BOUND = 1024;

    /** No normal form of Unicode, nor lower case, makes a text that much shorter: four bytes of ten are about the least. */
    private static final int NORMALIZED = 8;

    private static final int LONGEST_CHARACTER = 4;
    private static final List<String> NORMAL_FORMS = List.of("NFC", "NFD", "NFKC", "NFKD", "Lowercase");
    private static final List<String> CUTS =
            List.of("ByteLevel", "Metaspace", "Digits", "Punctuation", "Split", "UnicodeScripts");

    private TokenReach() {}

    /** The most bytes of UTF-8 that a token of this {@code tokenizer.json} stands for. */
    static int bytes(JsonNode json) {
        var normalizers = steps(json.path("normalizer"), "normalizers").toList();
        var cuts = steps(json.path("pre_tokenizer"), "pretokenizers").toList();
        boolean byteLevel = cuts.stream().anyMatch(cut -> type(cut).equals("ByteLevel"));
        int longest = longest(json, byteLevel);
        if (!normalizers.stream().allMatch(TokenReach::isBounded)
                || !cuts.stream().allMatch(TokenReach::keepsAll)
                || takesBlanks(json)
                || !countsUnknown(json.path("model"), byteLevel)) {
            return Math.max(longest, WITHOUT_BOUND);
        }
        return normalizers.stream().anyMatch(step -> NORMAL_FORMS.contains(type(step)))
                ? NORMALIZED * longest
                : longest;
    }

    private static Stream<JsonNode> steps(JsonNode step, String list) {
        if (type(step).isEmpty()) {
            return Stream.empty();
        }
        return type(step).equals("Sequence")
                ? StreamSupport.stream(step.path(list).spliterator(), false).flatMap(part -> steps(part, list))
                : Stream.of(step);
    }

    private static String type(JsonNode step) {
        return step.path("type").asText("");
    }

    private static boolean isBounded(JsonNode normalizer) {
        String pattern = normalizer.path("pattern").path("String").asText("");
        return switch (type(normalizer)) {
            case "Prepend" -> true;
            case "Replace" ->
                !pattern.isEmpty() && size(normalizer.path("content").asText("")) >= size(pattern);
            default -> NORMAL_FORMS.contains(type(normalizer));
        };
    }

    private static boolean keepsAll(JsonNode cut) {
        return CUTS.contains(type(cut)) && !cut.path("behavior").asText("").equals("Removed");
    }

    private static boolean takesBlanks(JsonNode json) {
        return StreamSupport.stream(json.path("added_tokens").spliterator(), false)
                .anyMatch(token ->
                        token.path("lstrip").asBoolean() || token.path("rstrip").asBoolean());
    }

    /** Whether characters without a token become tokens one by one. */
    private static boolean countsUnknown(JsonNode model, boolean byteLevel) {
        JsonNode vocabulary = model.path("vocab");
        if (byteLevel) {
            return IntStream.range(0, ByteAlphabet.SIZE)
                    .allMatch(value -> vocabulary.has(String.valueOf(ByteAlphabet.symbol(value))));
        }
        boolean bytes = model.path("byte_fallback").asBoolean()
                && IntStream.range(0, ByteAlphabet.SIZE)
                        .allMatch(value -> vocabulary.has(String.format("<0x%02X>", value)));
        return bytes
                || (vocabulary.has(model.path("unk_token").asText(""))
                        && !model.path("fuse_unk").asBoolean());
    }

    /** In a byte-level vocabulary a character stands for a byte. */
    private static int longest(JsonNode json, boolean byteLevel) {
        int longest = LONGEST_CHARACTER;
        for (var token : json.path("model").path("vocab").properties()) {
            longest = Math.max(longest, byteLevel ? token.getKey().length() : size(token.getKey()));
        }
        for (JsonNode token : json.path("added_tokens")) {
            longest = Math.max(longest, size(token.path("content").asText("")));
        }
        return longest;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
