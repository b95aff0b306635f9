package dev.lion.novelty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RougeLTest {
    @Test
    void tokens_mixedText_areRunsOfLowerCaseLettersAndDigits() {
        assertThat(RougeL.tokens("Don't panic: 3.14 naïve_UTF-8!"))
                .containsExactly("don", "t", "panic", "3", "14", "na", "ve", "utf", "8");
    }

    @Test
    void tokens_charactersThatLowerCaseToLatin_followUnicodeLowerCasing() {
        assertThat(RougeL.tokens("\u212Aelvin \u0130")).containsExactly("kelvin", "i");
    }

    @ParameterizedTest
    @CsvSource({
        "the cat sat on the mat, the cat sat on the mat, 1.0",
        "the cat sat, dogs run, 0.0",
        // L = 3, P = 3/4, R = 3/6
        "a b c d, a x b y c z, 0.6",
        // L = 1 although all tokens are shared
        "a b c, c b a, 0.3333333333333333",
        "'', a b, 0.0",
        "a b, '!?', 0.0",
    })
    void score_knownPairs_isTheHarmonicMean(String candidate, String other, double expected) {
        assertThat(RougeL.score(candidate, other)).isCloseTo(expected, within(1e-15));
        assertThat(RougeL.score(other, candidate)).isEqualTo(RougeL.score(candidate, other));
    }
}
