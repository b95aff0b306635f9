package dev.lion.novelty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizationTest {
    static Stream<Arguments> languages() {
        return Stream.of(
                Arguments.of("Chinese", "写一首诗。", List.of("写", "一", "首", "诗")),
                Arguments.of("Chinese outside the first plane", "𠮷野家", List.of("𠮷", "野", "家")),
                Arguments.of("Chinese with Latin", "用Java写2个类", List.of("用", "java", "写", "2", "个", "类")),
                Arguments.of("Japanese", "コーヒーを飲む", List.of("コ", "ー", "ヒ", "ー", "を", "飲", "む")),
                Arguments.of("Japanese, half width", "ｶﾞｽ ＡＢＣ", List.of("ガ", "ス", "abc")),
                Arguments.of("Thai", "ที่นี่ ๑๒", List.of("ที่", "นี่", "๑๒")),
                Arguments.of("Korean", "시를 써 주세요!", List.of("시를", "써", "주세요")),
                Arguments.of("Russian", "Напиши СТИХ, ёлка", List.of("напиши", "стих", "ёлка")),
                Arguments.of("Arabic", "اكتب قصيدةً، من فضلك", List.of("اكتب", "قصيدةً", "من", "فضلك")),
                Arguments.of("Hindi", "हिन्दी में लिखो।", List.of("हिन्दी", "में", "लिखो")),
                Arguments.of("Greek, final sigma", "ΛΌΓΟΣ λόγος", List.of("λόγοσ", "λόγοσ")),
                Arguments.of("German", "Straße STRASSE", List.of("strasse", "strasse")),
                Arguments.of("emoji", "🦁🦁 ❤️❤ 👍🏽👍", List.of("🦁", "🦁", "❤", "❤", "👍", "👍")),
                Arguments.of("joined emoji", "👩‍💻!", List.of("👩", "💻")),
                Arguments.of("composed and decomposed", "é e\u0301", List.of("é", "é")),
                Arguments.of("compatibility", "ﬁx ²", List.of("fix", "2")),
                Arguments.of("soft hyphen and apostrophe", "na\u00ADïve l’eau", List.of("naïve", "l", "eau")),
                Arguments.of("half of a pair", "a\uD83E b", List.of("a", "b")),
                Arguments.of("a mark alone", "\u0301 a", List.of("\u0301", "a")),
                Arguments.of("punctuation", "。、！？«»—…", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("languages")
    void unicode_language_hasItsTokens(String language, String text, List<String> expected) {
        assertThat(Tokenization.UNICODE.tokens(text)).isEqualTo(expected);
    }

    @Test
    void unicode_asciiText_hasThePapersTokens() {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, 0x80).forEach(text::appendCodePoint);
            // the second has a character outside ASCII, so it goes the long way
            assertThat(Tokenization.UNICODE.tokens(text.toString())).isEqualTo(RougeL.tokens(text.toString()));
            assertThat(Tokenization.UNICODE.tokens(text + "…")).isEqualTo(RougeL.tokens(text.toString()));
        }
    }

    @Test
    void unicode_anyLetterOrDigit_isNotNothing() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .forEach(letter -> assertThat(Tokenization.UNICODE.tokens(letter))
                        .as("U+%x", letter.codePointAt(0))
                        .isNotEmpty()
                        .doesNotContain(""));
    }

    @Test
    void paper_otherAlphabets_haveNoToken() {
        assertThat(Tokenization.PAPER.tokens("写一首诗 напиши стих")).isEmpty();
    }
}
