package dev.lion.student.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTokenizerTest {
    private static final List<String> TEXTS = List.of(
            "### Instruction:\nName three rivers of Europe.\n\n### Response:\n",
            "### Instruction:\nName two rivers of Asia.\n\n### Response:\n",
            "The rivers of Europe: the Danube, the Rhine and the Elbe; it's 1234 km.");
    private static final StudentTokenizer TOKENIZER = StudentTokenizer.train(TEXTS, 320);

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain words",
                "  leading, trailing and  double spaces  ",
                "\n\nlines\r\nand\ttabs\n",
                "Ünïcödé, 漢字かな, العربية, עברית, ไทย, हिन्दी",
                "emoji 👩‍👩‍👧‍👦 and 🏳️‍🌈 and 🇪🇺",
                "controls \u0000 \u0001 \u001f \u007f \u0085 \u00a0 \u2028 \ufeff",
                "combining e\u0301 stays apart from é",
                "digits 1234567890 ٣ ² Ⅷ ½",
                "I'll, you're, it's, they'd, we've, I'm, can't",
                "\ud7ff\ue000\ufffd\uffff",
            })
    void decode_ofAnyEncodedText_isTheText(String text) {
        assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
    }

    @Test
    void decode_ofRandomEncodedText_isTheText() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String text = randomText(random);
            assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void encode_withUnpairedSurrogate_replacesOnlyIt() {
        assertThat(TOKENIZER.decode(TOKENIZER.encode("a\ud800b 👍 漢"))).isEqualTo("a\ufffdb 👍 漢");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|endoftext|>",
                "<|pad|>",
                "say <|endoftext|> and <|endoftext|><|pad|> loudly",
                " <|endoftext|>\n"
            })
    void encode_textWithSpecialTokensLiterals_yieldsCharactersOnly(String text) {
        int[] ids = TOKENIZER.encode(text);

        assertThat(ids).doesNotContain(TOKENIZER.eosId(), TOKENIZER.padId());
        assertThat(TOKENIZER.decode(ids)).isEqualTo(text);
    }

    @Test
    void encode_afterTrainingOnSpecialTokensLiterals_stillYieldsCharactersOnly() {
        try (var trained = StudentTokenizer.train(Collections.nCopies(9, "<|endoftext|><|pad|>"), 400)) {
            assertThat(trained.encode("<|endoftext|>")).doesNotContain(trained.eosId(), trained.padId());
            assertThat(trained.decode(trained.encode("<|endoftext|>"))).isEqualTo("<|endoftext|>");
        }
    }

    @Test
    void encode_ofALongText_isNotTruncated() {
        assertThat(TOKENIZER.encode("x ".repeat(5000))).hasSizeGreaterThanOrEqualTo(5000);
    }

    @Test
    void decode_withSpecialAndUnknownIds_leavesThemOut() {
        int[] ids = TOKENIZER.encode("rivers");
        int[] framed = IntStream.concat(
                        IntStream.of(TOKENIZER.padId(), TOKENIZER.eosId()),
                        IntStream.concat(Arrays.stream(ids), IntStream.of(TOKENIZER.eosId(), 99_999)))
                .toArray();

        assertThat(TOKENIZER.decode(framed)).isEqualTo("rivers");
    }

    @Test
    void decode_ofPartOfACharacter_isTheReplacementCharacter() {
        try (var bytes = StudentTokenizer.train(List.of(), 258)) {
            assertThat(bytes.encode("é")).hasSize(2);
            assertThat(bytes.decode(new int[] {bytes.encode("é")[0]})).isEqualTo("\ufffd");
        }
    }

    @Test
    void train_withBytesOnly_hasOneTokenForEachByte() {
        try (var bytes = StudentTokenizer.train(List.of("no pair here is seen"), 258)) {
            assertThat(bytes.vocabSize()).isEqualTo(258);
            assertThat(bytes.encode("naïve")).hasSize(6);
        }
    }

    @Test
    void train_smallerThanTheBytes_isRefused() {
        assertThatThrownBy(() -> StudentTokenizer.train(TEXTS, 257))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("258")
                .hasMessageContaining("257");
    }

    @Test
    void train_withTheTextsInAnotherOrder_givesTheSameTokenizer() {
        var shuffled = new ArrayList<>(TEXTS);
        Collections.reverse(shuffled);
        try (var other = StudentTokenizer.train(shuffled, 320)) {
            for (String text : TEXTS) {
                assertThat(other.encode(text)).isEqualTo(TOKENIZER.encode(text));
            }
        }
    }

    /** With as many merges as there are, each piece that occurs twice is one token: so tokens show the borders of pieces. */
    @Test
    void train_withUnlimitedVocabulary_makesOneTokenOfEachPieceOfThePreTokenizer() {
        var random = new Random(11);
        for (int round = 0; round < 20; round++) {
            String text =
                    IntStream.range(0, 20).mapToObj(i -> randomText(random)).collect(Collectors.joining());
            var counts = new PieceCounts();
            counts.add(text);
            long pieces =
                    counts.asMap().values().stream().mapToLong(Long::longValue).sum();
            try (var trained = StudentTokenizer.train(List.of(text, text), 100_000)) {
                assertThat(trained.encode(text)).hasSize((int) pieces);
            }
        }
    }

    private static String randomText(Random random) {
        String[] parts = {
            " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u0085", "a", "Z", "é", "漢", "ſ", "7", "42", "²", "Ⅷ", "٣", ".",
            "!?", "'", "'s", "'ll", "’", "_", "👍", "\u0301", "\u200d", "\u0000", "\u0007", "$", "€", "word", "Word"
        };
        return random.ints(random.nextInt(12), 0, parts.length)
                .mapToObj(i -> parts[i])
                .collect(Collectors.joining());
    }
}
