package dev.lion.student.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A {@code tokenizer.json} of a BPE tokenizer: its tokens and ids, and its form for text that must stay text. */
final class TokenizerJson {
    private final ObjectNode json;
    private final Map<String, Integer> ids = new HashMap<>();

    /**
     * Reads the tokens.
     *
     * @throws CheckpointException when this is not a BPE tokenizer
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
                .forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
        json.path("added_tokens").forEach(token -> ids.put(content(token), id(token)));
    }

    private static String content(JsonNode addedToken) {
        return addedToken.path("content").asText();
    }

    private static int id(JsonNode addedToken) {
        return addedToken.path("id").asInt();
    }

    OptionalInt idOf(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The largest id and one: what an embedding needs as many rows as. */
    int vocabSize() {
        return 1 + ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    /** The added tokens that say they are special, and those that end or pad texts whether they say so or not. */
    Set<Integer> specialIds(int eosId, int padId) {
        var special = new HashSet<Integer>();
        for (JsonNode token : json.path("added_tokens")) {
            if (token.path("special").asBoolean() || id(token) == eosId || id(token) == padId) {
                special.add(id(token));
            }
        }
        return special;
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
