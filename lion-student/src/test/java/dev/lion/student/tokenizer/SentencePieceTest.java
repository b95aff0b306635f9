package dev.lion.student.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small tokenizers of the make of Llama 2's and Mistral's: words begin with U+2581, unknown characters become bytes. */
class SentencePieceTest {
    private static final int FIRST_BYTE = 3;
    private static final List<String> PIECES =
            List.of("\u2581", "a", "b", "\n", "\u2581a", "\u2581b", "ab", "\u2581ab", "<", "/", "s", ">");
    private static final List<String> MERGES = List.of("a b", "\u2581 ab", "\u2581 a", "\u2581 b");

    @TempDir
    Path folder;

    @Test
    void encode_withPrependedMarker_marksTheStartOfEachText() throws IOException {
        try (var tokenizer = llama()) {
            assertThat(tokenizer.encode("ab a")).containsExactly(id("\u2581ab"), id("\u2581a"));
            assertThat(tokenizer.encodeAfterToken("ab")).containsExactly(id("\u2581ab"));
            assertThat(tokenizer.encodeContinuation("ab a")).containsExactly(id("ab"), id("\u2581a"));
            assertThat(tokenizer.encodeContinuation(" a")).containsExactly(id("\u2581a"));
        }
    }

    @Test
    void encode_withMarkerAtTheFirstTextOnly_leavesTextAfterATokenWithout() throws IOException {
        try (var tokenizer = mistral()) {
            assertThat(tokenizer.encode("ab a")).containsExactly(id("\u2581ab"), id("\u2581a"));
            assertThat(tokenizer.encodeAfterToken("ab")).containsExactly(id("ab"));
            assertThat(tokenizer.encodeAfterToken(" ab")).containsExactly(id("\u2581ab"));
            assertThat(tokenizer.encodeContinuation("ab")).containsExactly(id("ab"));
        }
    }

    @Test
    void decode_bytesAndMarkers_isTheText() throws IOException {
        for (String text : List.of("ab a", "a  b", "ab \u00fc \ud83e\udd81 a", "a\nb", "</s>a")) {
            try (var tokenizer = llama()) {
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
                assertThat(tokenizer.encode(text)).doesNotContain(2);
            }
            try (var tokenizer = mistral()) {
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void encode_characterOutsideTheVocabulary_isItsBytes() throws IOException {
        try (var tokenizer = llama()) {
            assertThat(tokenizer.encodeContinuation("\u00fc")).containsExactly(FIRST_BYTE + 0xc3, FIRST_BYTE + 0xbc);
        }
    }

    private static int id(String piece) {
        return FIRST_BYTE + ByteAlphabet.SIZE + PIECES.indexOf(piece);
    }

    private StudentTokenizer llama() throws IOException {
        ObjectNode json = tokenizer();
        ObjectNode normalizer = json.putObject("normalizer").put("type", "Sequence");
        ArrayNode steps = normalizer.putArray("normalizers");
        steps.addObject().put("type", "Prepend").put("prepend", "\u2581");
        steps.add(replace(" ", "\u2581"));
        json.putNull("pre_tokenizer");
        return read(json);
    }

    private StudentTokenizer mistral() throws IOException {
        ObjectNode json = tokenizer();
        json.putNull("normalizer");
        json.putObject("pre_tokenizer")
                .put("type", "Metaspace")
                .put("replacement", "\u2581")
                .put("prepend_scheme", "first")
                .put("split", false);
        return read(json);
    }

    private StudentTokenizer read(ObjectNode json) throws IOException {
        JsonFile.write(folder.resolve("tokenizer.json"), json);
        JsonFile.write(
                folder.resolve("tokenizer_config.json"),
                JsonNodeFactory.instance.objectNode().put("bos_token", "<s>").put("eos_token", "</s>"));
        return StudentTokenizer.read(folder);
    }

    private static ObjectNode replace(String from, String to) {
        ObjectNode step =
                JsonNodeFactory.instance.objectNode().put("type", "Replace").put("content", to);
        step.putObject("pattern").put("String", from);
        return step;
    }

    private static ObjectNode tokenizer() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        ArrayNode added = json.putArray("added_tokens");
        ObjectNode model = JsonNodeFactory.instance.objectNode().put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            added.addObject()
                    .put("id", vocabulary.size())
                    .put("content", special)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
            vocabulary.put(special, vocabulary.size());
        }
        for (int value = 0; value < ByteAlphabet.SIZE; value++) {
            vocabulary.put(String.format("<0x%02X>", value), vocabulary.size());
        }
        PIECES.forEach(piece -> vocabulary.put(piece, vocabulary.size()));
        ArrayNode merges = model.putArray("merges");
        MERGES.forEach(merges::add);
        model.put("unk_token", "<unk>").put("fuse_unk", true).put("byte_fallback", true);
        json.set("model", model);
        ObjectNode decoder = json.putObject("decoder").put("type", "Sequence");
        ArrayNode steps = decoder.putArray("decoders");
        steps.add(replace("\u2581", " "));
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        steps.addObject()
                .put("type", "Strip")
                .put("content", " ")
                .put("start", 1)
                .put("stop", 0);
        return json;
    }
}
