package dev.lion.student.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A {@code tokenizer.json} of a BPE tokenizer: its tokens and ids, and its form for text that must stay text. */
final class TokenizerJson {
    private final ObjectNode json;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<Integer> addedIds = new HashSet<>();

    /**
     * Reads the tokens.
     *
     * @throws CheckpointException when this is not a BPE tokenizer, or the id of a token is none
     */
    TokenizerJson(Path file, ObjectNode json) {
        this.json = json;
        JsonNode model = json.path("model");
        if (!model.path("type").asText("BPE").equals("BPE")
                || !model.path("vocab").isObject()) {
            throw new CheckpointException(file + ": the model is of type '"
                    + model.path("type").asText() + "'; only BPE tokenizers are supported");
        }
        model.path("vocab")
                .properties()
                .forEach(token -> ids.put(token.getKey(), checkedId(file, token.getKey(), token.getValue())));
        for (JsonNode token : json.path("added_tokens")) {
            checkedId(file, content(token), token.path("id"));
            ids.put(content(token), id(token));
            addedIds.add(id(token));
        }
    }

    private static int checkedId(Path file, String text, JsonNode id) {
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0 || id.asInt() == Integer.MAX_VALUE) {
            throw new CheckpointException(file + ": the id of the token '" + text + "' is "
                    + (id.isMissingNode() ? "missing" : id.toString()) + ", not a whole number from 0 to "
                    + (Integer.MAX_VALUE - 1));
        }
        return id.asInt();
    }

    private static String content(JsonNode addedToken) {
        return addedToken.path("content").asText();
    }

    private static int id(JsonNode addedToken) {
        return addedToken.path("id").asInt();
    }

    /** All of it. */
    ObjectNode copy() {
        return json.deepCopy();
    }

    OptionalInt idOf(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The largest id and one: what an embedding needs as many rows as. */
    int vocabSize() {
        return 1 + ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    /** The text of each token, by its id; where ids are shared, one of the texts. */
    Map<Integer, String> textsById() {
        var texts = new HashMap<Integer, String>();
        ids.forEach((text, id) -> texts.put(id, text));
        return texts;
    }

    /** Whether the token is an added one: not the outcome of merges, but what a text is cut at. */
    boolean isAdded(int id) {
        return addedIds.contains(id);
    }

    /**
     * The tokens that are special: added ones that say so here or among the {@code added_tokens_decoder} of {@code
     * tokenizer_config.json}, or that steer the model whether they say so or not, and others that have a name.
     *
     * @param named tokens that {@code tokenizer_config.json} names
     * @param steering tokens that begin, end or pad texts, for the tokenizer or for the model
     */
    List<SpecialTokens.Token> specialTokens(ObjectNode config, Set<Integer> named, Set<Integer> steering) {
        var special = new ArrayList<SpecialTokens.Token>();
        for (JsonNode token : json.path("added_tokens")) {
            JsonNode described = config.path("added_tokens_decoder").path(String.valueOf(id(token)));
            if (token.path("special").asBoolean()
                    || described.path("special").asBoolean()
                    || steering.contains(id(token))) {
                special.add(new SpecialTokens.Token(
                        id(token),
                        content(token),
                        token.path("lstrip").asBoolean(),
                        token.path("rstrip").asBoolean()));
            }
        }
        ids.forEach((text, id) -> {
            if (named.contains(id) && !isAdded(id)) {
                special.add(new SpecialTokens.Token(id, text, false, false));
            }
        });
        return special;
    }

    /** Whether the file asks for this token at the start of each text; empty when it asks for nothing of the kind. */
    Optional<Boolean> beginsWith(String token) {
        return steps(json.path("post_processor"), "processors")
                .filter(step -> isOf(step, "TemplateProcessing"))
                .findFirst()
                .map(step -> step.path("single").path(0).at("/SpecialToken/id").asText())
                .map(token::equals);
    }

    /**
     * How the marker of a word's start is put before a text that does not begin with a space: SentencePiece's way, in two
     * dresses.
     */
    Prefix prefix() {
        if (steps(json.path("normalizer"), "normalizers").anyMatch(step -> isOf(step, "Prepend"))) {
            return Prefix.EVERY_PART;
        }
        return steps(json.path("pre_tokenizer"), "pretokenizers")
                .filter(step -> isOf(step, "Metaspace"))
                .findFirst()
                .map(step -> switch (step.path("prepend_scheme").asText(legacyScheme(step))) {
                    case "first" -> Prefix.FIRST_PART;
                    case "always" -> Prefix.EVERY_PART;
                    default -> Prefix.NONE;
                })
                .orElse(Prefix.NONE);
    }

    private static String legacyScheme(JsonNode metaspace) {
        return metaspace.path("add_prefix_space").asBoolean(true) ? "always" : "never";
    }

    private static boolean isOf(JsonNode step, String type) {
        return step.path("type").asText().equals(type);
    }

    private static Stream<JsonNode> steps(JsonNode step, String list) {
        return Stream.concat(
                Stream.of(step), StreamSupport.stream(step.path(list).spliterator(), false));
    }

    /** What parts of a text, cut at its special tokens, get the marker of a word's start. */
    enum Prefix {
        NONE,
        FIRST_PART,
        EVERY_PART
    }

    /** A form of the tokenizer that puts no marker of a word's start before a text. */
    static ObjectNode withoutPrefix(ObjectNode tokenizer) {
        ObjectNode changed = tokenizer.deepCopy();
        steps(changed.path("pre_tokenizer"), "pretokenizers")
                .filter(step -> isOf(step, "Metaspace"))
                .forEach(step ->
                        ((ObjectNode) step).put("prepend_scheme", "never").remove("add_prefix_space"));
        if (isOf(changed.path("normalizer"), "Prepend")) {
            changed.putNull("normalizer");
        }
        if (changed.path("normalizer").path("normalizers") instanceof ArrayNode normalizers) {
            for (int i = normalizers.size() - 1; i >= 0; i--) {
                if (isOf(normalizers.get(i), "Prepend")) {
                    normalizers.remove(i);
                }
            }
        }
        return changed;
    }

    /**
     * The same tokenizer without these special tokens, so that no text can produce one, and without whatever adds, cuts
     * or fills tokens. A special token is matched in any text while it is listed as an added token, and could be the
     * outcome of merges while it is in the vocabulary; so it leaves both. The other tokens keep their ids.
     */
    ObjectNode forPlainText(Set<Integer> specialIds) {
        ObjectNode plain = json.deepCopy();
        plain.putNull("truncation").putNull("padding").putNull("post_processor");
        ObjectNode model = (ObjectNode) plain.path("model");
        ObjectNode vocabulary = (ObjectNode) model.path("vocab");
        String unknown = model.path("unk_token").asText();
        ids.forEach((token, id) -> {
            if (specialIds.contains(id) && !token.equals(unknown)) {
                vocabulary.remove(token);
            }
        });
        model.set("merges", mergesOf(vocabulary));
        plain.set("added_tokens", plainAddedTokens(vocabulary, specialIds));
        return plain;
    }

    private ArrayNode mergesOf(ObjectNode vocabulary) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode merge : json.path("model").path("merges")) {
            String left = merge.isArray() ? merge.path(0).asText() : leftOf(merge.asText());
            String right =
                    merge.isArray() ? merge.path(1).asText() : merge.asText().substring(left.length() + 1);
            if (vocabulary.has(left) && vocabulary.has(right) && vocabulary.has(left + right)) {
                kept.add(merge);
            }
        }
        return kept;
    }

    /** A merge is a list of two tokens, in older files one text with a space between them. */
    private static String leftOf(String merge) {
        return merge.substring(0, Math.max(0, merge.indexOf(' ')));
    }

    /** The tokenizer looks up an added token's id in the vocabulary and would number it afresh without an entry there. */
    private ArrayNode plainAddedTokens(ObjectNode vocabulary, Set<Integer> specialIds) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode token : json.path("added_tokens")) {
            if (!specialIds.contains(id(token))) {
                kept.add(token);
                vocabulary.put(content(token), id(token));
            }
        }
        return kept;
    }
}
