package dev.lion.student.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.gguf.GgufVocabulary.Kind;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Says a student's tokenizer in llama.cpp's words, or refuses what those cannot say. */
final class VocabularyReader {
    private static final String INSTEAD = "; export to safetensors instead";
    private static final int BYTES = 256;
    static final String BYTE_TOKEN = "<0x%02X>";

    private final StudentTokenizer tokenizer;
    private final JsonNode json;
    private final TokenTable table;
    private final OptionalInt beginning;

    private VocabularyReader(StudentTokenizer tokenizer, OptionalInt beginning, int rows) {
        this.beginning = beginning;
        this.tokenizer = tokenizer;
        this.json = tokenizer.json();
        this.table = new TokenTable(json, tokenizer.specialTokens(), rows);
    }

    static GgufVocabulary read(StudentTokenizer tokenizer, OptionalInt beginning, int endOfTurn, int rows) {
        var reader = new VocabularyReader(tokenizer, beginning, rows);
        reader.requirePlainModel();
        return reader.json.path("model").path("byte_fallback").asBoolean(false)
                ? reader.sentencePiece(endOfTurn)
                : reader.byteLevel(endOfTurn);
    }

    private void requirePlainModel() {
        JsonNode model = json.path("model");
        for (String field : List.of("continuing_subword_prefix", "end_of_word_suffix", "dropout")) {
            if (!model.path(field).asText("").isEmpty() && !model.path(field).isNull()) {
                throw new CheckpointException(
                        "the tokenizer has a " + field + ", which llama.cpp does not know" + INSTEAD);
            }
        }
    }

    private GgufVocabulary byteLevel(int endOfTurn) {
        PreTokenizer pre = PreTokenizer.of(json)
                .orElseThrow(() -> new CheckpointException("llama.cpp has no pre-tokenizer that is known to cut text as"
                        + " this tokenizer does (" + PreTokenizer.describe(json) + ")" + INSTEAD));
        String normalizer = json.path("normalizer").path("type").asText("none");
        if (!normalizer.equals("none") && !normalizer.equals("NFC")) {
            throw new CheckpointException(
                    "llama.cpp has no counterpart of the tokenizer's normalizer " + normalizer + INSTEAD);
        }
        return new GgufVocabulary(
                Kind.BYTE_LEVEL,
                pre.pre(),
                table.texts(),
                table.types(),
                List.of(),
                merges(),
                false,
                steering(endOfTurn));
    }

    private GgufVocabulary sentencePiece(int endOfTurn) {
        SpacePrefix prefix = SpacePrefix.of(json)
                .orElseThrow(() -> new CheckpointException("llama.cpp has no counterpart of what this tokenizer does to"
                        + " text before it merges (" + SpacePrefix.describe(json) + ")" + INSTEAD));
        for (int value = 0; value < BYTES; value++) {
            String token = BYTE_TOKEN.formatted(value);
            table.setType(
                    table.idOf(token)
                            .orElseThrow(() -> new CheckpointException(
                                    "the tokenizer falls back to bytes but has no token " + token + INSTEAD)),
                    TokenType.BYTE);
        }
        var merges = new SentencePieceMerges(table.texts(), table.types());
        return new GgufVocabulary(
                Kind.SENTENCE_PIECE,
                "default",
                table.texts(),
                table.types(),
                merges.scores(json.path("model").path("merges")),
                List.of(),
                prefix == SpacePrefix.EVERY_PART || (prefix == SpacePrefix.FIRST_PART && beginning.isEmpty()),
                steering(endOfTurn));
    }

    private List<String> merges() {
        var merges = new ArrayList<String>();
        for (JsonNode merge : json.path("model").path("merges")) {
            String pair = merge.isArray()
                    ? merge.path(0).asText() + " " + merge.path(1).asText()
                    : merge.asText();
            if (pair.indexOf(' ') != pair.lastIndexOf(' ')) {
                throw new CheckpointException(
                        "the merge '" + pair + "' is of a token with a space, which a GGUF file cannot say" + INSTEAD);
            }
            merges.add(pair);
        }
        return merges;
    }

    /**
     * Where the format writes the token that begins a text itself, llama.cpp takes it from the text and has to put it back.
     */
    private SteeringTokens steering(int endOfTurn) {
        OptionalInt bos = tokenizer.addedBosId().isPresent() ? tokenizer.addedBosId() : named("bos_token");
        return new SteeringTokens(
                bos,
                tokenizer.addedBosId().isPresent() || (bos.isPresent() && bos.equals(beginning)),
                tokenizer.eosId(),
                endOfTurn,
                OptionalInt.of(tokenizer.padId()),
                table.idOf(json.path("model").path("unk_token").asText("")));
    }

    private OptionalInt named(String name) {
        String text = tokenizer.namedTokens().get(name);
        return text == null ? OptionalInt.empty() : table.idOf(text);
    }
}
