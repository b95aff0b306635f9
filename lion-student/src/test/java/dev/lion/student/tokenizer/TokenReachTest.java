package dev.lion.student.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenReachTest {
    private static final String WORDS =
            "{\"model\": {\"vocab\": {\"abcdefgh\": 0, \"?\": 1}, \"unk_token\": \"?\"%s}%s}";

    private static int bytes(String ofModel, String more) throws IOException {
        JsonNode json = new JsonMapper().readTree(WORDS.formatted(ofModel, more));
        return TokenReach.bytes(json);
    }

    @Test
    void fewestTokens_anyText_isNoMoreThanItHas() {
        try (var tokenizer = StudentTokenizer.train(List.of("the danube, the danube, the danube: the danube"), 300)) {
            var random = new Random(5);
            for (int i = 0; i < 500; i++) {
                String text = "the danube".repeat(random.nextInt(5))
                        + random.ints(random.nextInt(50), 0, 0x20000)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
                assertThat(tokenizer.fewestTokens(text)).isLessThanOrEqualTo(tokenizer.encode(text).length);
            }
            assertThat(tokenizer.fewestTokens("the danube".repeat(100))).isGreaterThan(100);
        }
    }

    @Test
    void bytes_nothingShrinks_areThoseOfTheLongestToken() throws IOException {
        assertThat(bytes("", "")).isEqualTo(8);
        assertThat(bytes("", ", \"added_tokens\": [{\"content\": \"<|a long one|>\"}]"))
                .isEqualTo(14);
        assertThat(
                        bytes(
                                "",
                                ", \"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"_\"}"))
                .isEqualTo(8);
    }

    @Test
    void bytes_normalForm_areManyMore() throws IOException {
        assertThat(bytes("", ", \"normalizer\": {\"type\": \"NFC\"}")).isEqualTo(64);
    }

    @Test
    void bytes_somethingSwallowsTextWithoutEnd_areTheGenerousBound() throws IOException {
        assertThat(bytes(", \"fuse_unk\": true", "")).isEqualTo(TokenReach.WITHOUT_BOUND);
        for (String more : List.of(
                "\"normalizer\": {\"type\": \"Strip\"}",
                "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Precompiled\"}]}",
                "\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\": \" +\"}, \"content\": \" \"}",
                "\"pre_tokenizer\": {\"type\": \"WhitespaceSplit\"}",
                "\"pre_tokenizer\": {\"type\": \"Split\", \"behavior\": \"Removed\"}",
                "\"pre_tokenizer\": {\"type\": \"ByteLevel\"}",
                "\"added_tokens\": [{\"content\": \"x\", \"lstrip\": true}]")) {
            assertThat(bytes("", ", " + more)).as(more).isEqualTo(TokenReach.WITHOUT_BOUND);
        }
    }
}
