package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.gguf.GgufVocabulary.Kind;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Makes a tokenizer from nothing but what a GGUF file says of it. */
final class VocabularyTokenizer {
    private static final String MARKER = "▁";

    private final GgufVocabulary vocabulary;
    private final Path file;

    private VocabularyTokenizer(GgufVocabulary vocabulary, Path file) {
        this.vocabulary = vocabulary;
        this.file = file;
    }

    static StudentTokenizer of(GgufVocabulary vocabulary, Path file) {
        var reader = new VocabularyTokenizer(vocabulary, file);
        SteeringTokens steering = vocabulary.steering();
        var model = new SpecialTokenIds(
                OptionalInt.empty(), List.of(steering.eos(), steering.endOfTurn()), OptionalInt.empty());
        return StudentTokenizer.of(file, reader.json(), reader.config(), model);
    }

    private ObjectNode config() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        SteeringTokens steering = vocabulary.steering();
        config.put("add_bos_token", steering.addsBos());
        steering.bos().ifPresent(id -> config.put("bos_token", text(id)));
        steering.pad().ifPresent(id -> config.put("pad_token", text(id)));
        return config.put("eos_token", text(steering.eos()));
    }

    private String text(int id) {
        if (id >= vocabulary.tokens().size()) {
            throw new CheckpointException(file + ": there is no token " + id);
        }
        return vocabulary.tokens().get(id);
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        ObjectNode model = JsonNodeFactory.instance.objectNode().put("type", "BPE");
        ObjectNode tokens = model.putObject("vocab");
        ArrayNode added = json.putArray("added_tokens");
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            TokenType type = vocabulary.types().get(id);
            if (type == TokenType.UNUSED) {
                continue;
            }
            tokens.put(text(id), id);
            if (type != TokenType.NORMAL && type != TokenType.BYTE) {
                added.add(addedToken(id, type != TokenType.USER_DEFINED));
            }
        }
        if (vocabulary.kind() == Kind.BYTE_LEVEL) {
            byteLevel(json, model);
        } else {
            sentencePiece(json, model);
        }
        json.set("model", model);
        return json;
    }

    private ObjectNode addedToken(int id, boolean special) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("content", text(id))
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    private void byteLevel(ObjectNode json, ObjectNode model) {
        PreTokenizer pre = PreTokenizer.named(vocabulary.pre())
                .orElseThrow(() -> new CheckpointException(
                        file + ": the pre-tokenizer '" + vocabulary.pre() + "' is not known to lion"));
        json.set("pre_tokenizer", pre.json());
        json.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        model.put("ignore_merges", pre.ignoresMerges());
        ArrayNode merges = model.putArray("merges");
        vocabulary.merges().forEach(merges::add);
    }

    private void sentencePiece(ObjectNode json, ObjectNode model) {
        ArrayNode steps = json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (vocabulary.spacePrefix()) {
            steps.addObject().put("type", "Prepend").put("prepend", MARKER);
        }
        steps.add(replace(" ", MARKER));
        vocabulary.steering().unknown().ifPresent(id -> model.put("unk_token", text(id)));
        model.put("fuse_unk", true).put("byte_fallback", true);
        ArrayNode merges = model.putArray("merges");
        new SentencePieceMerges(vocabulary.tokens(), vocabulary.types())
                .merges(vocabulary.scores())
                .forEach(pair -> merges.addArray().add(pair.left()).add(pair.right()));
        ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        decoders.add(replace(MARKER, " "));
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
    }

    private static ObjectNode replace(String from, String to) {
        ObjectNode step =
                JsonNodeFactory.instance.objectNode().put("type", "Replace").put("content", to);
        step.putObject("pattern").put("String", from);
        return step;
    }
}
