package dev.lion.student.gguf;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.gguf.GgufValue.Flag;
import dev.lion.student.gguf.GgufValue.Reals;
import dev.lion.student.gguf.GgufValue.Text;
import dev.lion.student.gguf.GgufValue.Texts;
import dev.lion.student.gguf.GgufValue.Whole;
import dev.lion.student.gguf.GgufValue.Wholes;
import dev.lion.student.gguf.GgufVocabulary.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a GGUF file says of a vocabulary. */
final class VocabularyKeys {
    static final String PREFIX = "tokenizer.ggml.";
    static final String CHAT_TEMPLATE = "tokenizer.chat_template";

    private VocabularyKeys() {}

    static Map<String, GgufValue> of(GgufVocabulary vocabulary) {
        var keys = new LinkedHashMap<String, GgufValue>();
        keys.put(PREFIX + "model", new Text(vocabulary.kind().model()));
        keys.put(PREFIX + "pre", new Text(vocabulary.pre()));
        keys.put(PREFIX + "tokens", new Texts(vocabulary.tokens()));
        if (!vocabulary.scores().isEmpty()) {
            keys.put(PREFIX + "scores", new Reals(vocabulary.scores()));
        }
        keys.put(
                PREFIX + "token_type",
                new Wholes(vocabulary.types().stream().map(TokenType::id).toList()));
        if (vocabulary.kind() == GgufVocabulary.Kind.BYTE_LEVEL) {
            keys.put(PREFIX + "merges", new Texts(vocabulary.merges()));
        }
        SteeringTokens steering = vocabulary.steering();
        steering.bos().ifPresent(id -> keys.put(PREFIX + "bos_token_id", new Whole(id)));
        keys.put(PREFIX + "eos_token_id", new Whole(steering.eos()));
        keys.put(PREFIX + "eot_token_id", new Whole(steering.endOfTurn()));
        steering.pad().ifPresent(id -> keys.put(PREFIX + "padding_token_id", new Whole(id)));
        steering.unknown().ifPresent(id -> keys.put(PREFIX + "unknown_token_id", new Whole(id)));
        keys.put(PREFIX + "add_bos_token", new Flag(steering.addsBos()));
        keys.put(PREFIX + "add_eos_token", new Flag(false));
        keys.put(PREFIX + "add_space_prefix", new Flag(vocabulary.spacePrefix()));
        return keys;
    }

    /** What a file says; errors as for {@link GgufFile#open}. */
    static GgufVocabulary read(GgufFields fields) {
        String model = fields.text(PREFIX + "model");
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.model().equals(model))
                .findFirst()
                .orElseThrow(() ->
                        new CheckpointException(fields.file() + ": the tokenizer '" + model + "' is not supported"));
        return new GgufVocabulary(
                kind,
                fields.text(PREFIX + "pre"),
                fields.texts(PREFIX + "tokens"),
                fields.wholes(PREFIX + "token_type").stream()
                        .map(id -> type(fields, id))
                        .toList(),
                fields.reals(PREFIX + "scores"),
                fields.texts(PREFIX + "merges"),
                fields.flag(PREFIX + "add_space_prefix"),
                steering(fields));
    }

    private static SteeringTokens steering(GgufFields fields) {
        return new SteeringTokens(
                fields.optionalWhole(PREFIX + "bos_token_id"),
                fields.flag(PREFIX + "add_bos_token"),
                fields.whole(PREFIX + "eos_token_id"),
                fields.whole(PREFIX + "eot_token_id"),
                fields.optionalWhole(PREFIX + "padding_token_id"),
                fields.optionalWhole(PREFIX + "unknown_token_id"));
    }

    private static TokenType type(GgufFields fields, int id) {
        return TokenType.ofId(id)
                .orElseThrow(() -> new CheckpointException(fields.file() + ": a token is of the unknown type " + id));
    }
}
