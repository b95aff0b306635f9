package dev.lion.student.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.checkpoint.SpecialTokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFilesTest {
    private static final List<String> TEXTS =
            List.of("the cat and the hat", "the rat and the bat", "END", "END", "the END");

    @TempDir
    Path folder;

    @Test
    void read_ofAWrittenTokenizer_isTheSame() throws IOException {
        try (var written = StudentTokenizer.train(TEXTS, 280)) {
            written.writeTo(folder, 512);
            try (var read = StudentTokenizer.read(folder)) {
                assertThat(read.encode("the cat")).isEqualTo(written.encode("the cat"));
                assertThat(read.vocabSize()).isEqualTo(written.vocabSize());
                assertThat(read.eosId()).isEqualTo(written.eosId());
                assertThat(read.padId()).isEqualTo(written.padId()).isNotEqualTo(read.eosId());
            }
        }
    }

    @Test
    void writeTo_afterRead_keepsTheFileByteForByte() throws IOException {
        writeTokenizer(json -> {});
        Path copy = Files.createDirectory(folder.resolve("copy"));

        try (var read = StudentTokenizer.read(folder)) {
            read.writeTo(copy, 64);
        }

        assertThat(copy.resolve("tokenizer.json")).hasSameBinaryContentAs(folder.resolve("tokenizer.json"));
    }

    @Test
    void writeTo_config_namesTokensAndLength() throws IOException {
        try (var tokenizer = StudentTokenizer.train(TEXTS, 258)) {
            tokenizer.writeTo(folder, 512);
        }

        ObjectNode config = JsonFile.read(folder.resolve("tokenizer_config.json"));
        assertThat(config.path("tokenizer_class").asText()).isEqualTo("PreTrainedTokenizerFast");
        assertThat(config.path("eos_token").asText()).isEqualTo("<|endoftext|>");
        assertThat(config.path("pad_token").asText()).isEqualTo("<|pad|>");
        assertThat(config.path("model_max_length").asInt()).isEqualTo(512);
        assertThat(config.path("clean_up_tokenization_spaces").asBoolean(true)).isFalse();
    }

    /** The tokens that a text yields do not depend on what the file asks to be added, cut or filled. */
    @Test
    void read_withTruncationPaddingAndTemplate_ignoresThem() throws IOException {
        writeTokenizer(json -> {
            json.putObject("truncation")
                    .put("direction", "Right")
                    .put("max_length", 4)
                    .put("strategy", "LongestFirst")
                    .put("stride", 0);
            json.putObject("padding")
                    .put("strategy", "BatchLongest")
                    .put("direction", "Right")
                    .put("pad_id", 1)
                    .put("pad_type_id", 0)
                    .put("pad_token", "<|pad|>")
                    .putNull("pad_to_multiple_of");
            ObjectNode template = json.putObject("post_processor").put("type", "TemplateProcessing");
            ArrayNode single = template.putArray("single");
            single.addObject()
                    .putObject("SpecialToken")
                    .put("id", "<|endoftext|>")
                    .put("type_id", 0);
            single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
            template.putArray("pair");
            ObjectNode token = template.putObject("special_tokens").putObject("<|endoftext|>");
            token.put("id", "<|endoftext|>").putArray("ids").add(0);
            token.putArray("tokens").add("<|endoftext|>");
        });

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.encode("the cat and the hat")).hasSizeGreaterThan(4).doesNotContain(0, 1);
        }
    }

    @Test
    void encode_withSpecialTokenReachableByMerges_neverYieldsIt() throws IOException {
        writeTokenizer(json -> {
            int id = json.at("/model/vocab/END").asInt();
            assertThat(id).as("trained as a token of text").isGreaterThan(257);
            addToken(json, id, "END", true);
        });
        config(json -> json.put("eos_token", "END"));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.encode("the END")).doesNotContain(read.eosId());
            assertThat(read.decode(read.encode("the END"))).isEqualTo("the END");
        }
    }

    @Test
    void read_withAddedTokensBeyondTheVocabulary_keepsTheirIds() throws IOException {
        writeTokenizer(json -> {
            addToken(json, 900, "<|im_end|>", true);
            addToken(json, 901, "<tool_call>", false);
        });
        config(json -> json.putObject("eos_token").put("content", "<|im_end|>"));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.eosId()).isEqualTo(900);
            assertThat(read.vocabSize()).isEqualTo(902);
            assertThat(read.encode("<tool_call>")).containsExactly(901);
            assertThat(read.encode("<|im_end|>")).doesNotContain(900).hasSizeGreaterThan(1);
            assertThat(read.decode(new int[] {901, 900})).isEqualTo("<tool_call>");
        }
    }

    @Test
    void encode_withEndOfTextNotMarkedSpecial_neverYieldsIt() throws IOException {
        writeTokenizer(json -> addToken(json, 900, "[END]", false));
        config(json -> json.put("eos_token", "[END]"));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.encode("[END]")).doesNotContain(900);
        }
    }

    @Test
    void read_withMergesAsLists_appliesThem() throws IOException {
        int[] expected;
        try (var trained = StudentTokenizer.train(TEXTS, 280)) {
            expected = trained.encode("the cat");
        }
        writeTokenizer(json -> {
            var texts = json.at("/model/merges");
            ArrayNode lists = ((ObjectNode) json.path("model")).putArray("merges");
            texts.forEach(merge -> {
                String[] parts = merge.asText().split(" ", 2);
                lists.addArray().add(parts[0]).add(parts[1]);
            });
        });

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.encode("the cat")).isEqualTo(expected);
        }
    }

    @Test
    void read_withoutEosToken_takesTheModelsFirst() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.remove(List.of("eos_token", "pad_token")));
        Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": [1, 0]}");

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.eosId()).isEqualTo(1);
            assertThat(read.padId()).isEqualTo(1);
        }
    }

    @Test
    void read_withoutAnyEndOfText_isRefused() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.putNull("eos_token"));

        assertRefused("eos_token", "eos_token_id");
    }

    @Test
    void read_withUnknownEosToken_namesIt() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.put("eos_token", "<eot>"));

        assertRefused("tokenizer_config.json", "eos_token", "<eot>");
    }

    @Test
    void read_withEndOfTextThatIsNoAddedToken_takesItForSpecial() throws IOException {
        writeTokenizer(json -> json.putArray("added_tokens"));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.specialTokens().textOf(read.eosId())).hasValue("<|endoftext|>");
            assertThat(read.encode("<|endoftext|>")).doesNotContain(read.eosId());
        }
    }

    @Test
    void read_withAddedTokensThatAreNone_isRefused() throws IOException {
        writeTokenizer(json -> json.putArray("added_tokens").add(5).add("x"));

        assertRefused("tokenizer.json", "the id of the token '' is missing");
    }

    @Test
    void read_withEndOfTextThatIsNoToken_isRefused() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.remove("eos_token"));
        Files.writeString(folder.resolve("config.json"), "{\"eos_token_id\": 90000}");

        assertRefused("config.json", "the eos_token_id 90000 is no token");
    }

    @Test
    void read_withEosTokenThatIsNoText_showsIt() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.putArray("eos_token").add("x"));

        assertRefused("tokenizer_config.json", "the eos_token [\"x\"] is neither a text nor an object");
    }

    @Test
    void read_withoutTokenizerJson_namesIt() {
        assertRefused("tokenizer.json", "missing");
    }

    @Test
    void read_ofAnotherKindOfModel_isRefused() throws IOException {
        writeTokenizer(json -> ((ObjectNode) json.path("model")).put("type", "Unigram"));

        assertRefused("tokenizer.json", "Unigram", "BPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "3000000000", "-1", "1.5", "null", "[]"})
    void read_withIdThatIsNone_namesFileAndToken(String id) throws IOException {
        JsonNode value = new JsonMapper().readTree(id);
        writeTokenizer(json -> ((ObjectNode) json.at("/model/vocab")).set("odd", value));
        assertRefused("tokenizer.json", "the id of the token 'odd' is " + id);

        writeTokenizer(json -> {
            addToken(json, 900, "added", false);
            ((ObjectNode) json.at("/added_tokens").path(2)).set("id", value);
        });
        assertRefused("tokenizer.json", "the id of the token 'added' is " + id);
    }

    @Test
    void read_ofDamagedJson_isRefused() throws IOException {
        writeTokenizer(json -> {});
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": ");

        assertRefused("tokenizer.json", "not a JSON object");
    }

    @Test
    void read_ofContentThatTheLibraryRefuses_saysWhatItSays() throws IOException {
        writeTokenizer(json -> json.putObject("pre_tokenizer").put("type", "Unheard"));

        assertRefused("tokenizer.json", "not a tokenizer that can be used");
    }

    @Test
    void encode_afterClose_isRefused() {
        var tokenizer = StudentTokenizer.train(TEXTS, 258);
        tokenizer.close();

        assertThatThrownBy(() -> tokenizer.encode("the")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void read_withPadAndEndTheSame_works() throws IOException {
        writeTokenizer(json -> {});
        config(json -> json.put("pad_token", "<|endoftext|>"));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.padId()).isEqualTo(read.eosId());
        }
    }

    @Test
    void addedBosId_byConfigurationElseProcessorElseClass_isAsHuggingFaceDecides() throws IOException {
        writeTokenizer(json -> addToken(json, 900, "<s>", true));
        config(json -> json.put("bos_token", "<s>"));
        assertThat(addedBos()).isEmpty();

        edit("tokenizer.json", json -> {
            ObjectNode template = json.putObject("post_processor").put("type", "TemplateProcessing");
            template.putArray("single").addObject().putObject("SpecialToken").put("id", "<s>");
        });
        assertThat(addedBos()).hasValue(900);

        config(json -> json.put("add_bos_token", false));
        assertThat(addedBos()).isEmpty();

        edit("tokenizer.json", json -> json.putNull("post_processor"));
        config(json -> json.put("tokenizer_class", "LlamaTokenizer").remove("add_bos_token"));
        assertThat(addedBos()).hasValue(900);
    }

    private OptionalInt addedBos() throws IOException {
        try (var read = StudentTokenizer.read(folder)) {
            return read.addedBosId();
        }
    }

    @Test
    void read_withTokenThatOnlyTheConfigurationCallsSpecial_takesItForSpecial() throws IOException {
        writeTokenizer(json -> addToken(json, 900, "[ASK]", false));
        config(json -> json.putObject("added_tokens_decoder")
                .putObject("900")
                .put("content", "[ASK]")
                .put("special", true));

        try (var read = StudentTokenizer.read(folder)) {
            assertThat(read.encode("[ASK]")).doesNotContain(900);
            assertThat(read.specialTokens().idOf("[ASK]")).hasValue(900);
        }
    }

    @Test
    void read_withTokensThatOnlyTheModelEndsWith_takesThemForSpecial() throws IOException {
        writeTokenizer(json -> {
            addToken(json, 900, "<|im_end|>", false);
            addToken(json, 901, "<|im_start|>", false);
        });
        var model = new SpecialTokenIds(OptionalInt.of(901), List.of(0, 900), OptionalInt.empty());

        try (var read = StudentTokenizer.read(folder, model)) {
            assertThat(read.encode("a<|im_end|>b<|im_start|>")).doesNotContain(900, 901);
            assertThat(read.specialTokens().idOf("<|im_end|>")).hasValue(900);
        }
    }

    @Test
    void faultsFor_aModelThatItDoesNotFit_namesEach() throws IOException {
        writeTokenizer(json -> addToken(json, 900, "<s>", true));

        try (var read = StudentTokenizer.read(folder)) {
            int the = read.encode("the")[0];
            assertThat(read.faultsFor(901, new SpecialTokenIds(OptionalInt.of(900), List.of(0), OptionalInt.empty())))
                    .isEmpty();
            assertThat(read.faultsFor(
                            500, new SpecialTokenIds(OptionalInt.of(the), List.of(0, 800), OptionalInt.empty())))
                    .satisfiesExactly(
                            fault -> assertThat(fault).contains("token ids up to 900", "vocab_size is only 500"),
                            fault -> assertThat(fault).contains("bos_token_id " + the, "the ordinary token"),
                            fault -> assertThat(fault).contains("eos_token_id 800", "is no token of tokenizer.json"));
        }
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> StudentTokenizer.read(folder).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(parts);
    }

    private void writeTokenizer(Consumer<ObjectNode> change) throws IOException {
        try (var tokenizer = StudentTokenizer.train(TEXTS, 300)) {
            tokenizer.writeTo(folder, 512);
        }
        edit("tokenizer.json", change);
    }

    private void config(Consumer<ObjectNode> change) throws IOException {
        edit("tokenizer_config.json", change);
    }

    private void edit(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = JsonFile.read(folder.resolve(name));
        change.accept(json);
        JsonFile.write(folder.resolve(name), json);
    }

    private static void addToken(ObjectNode json, int id, String content, boolean special) {
        ((ArrayNode) json.path("added_tokens"))
                .addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }
}
