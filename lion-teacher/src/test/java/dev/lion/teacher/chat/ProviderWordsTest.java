package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class ProviderWordsTest {
    @Test
    void quote_shortText_isOnOneLineWithoutItsKey() {
        assertThat(ProviderWords.quote(" no\n such key: sk-0123456789abcdef, sorry "))
                .isEqualTo("no such [removed], sorry");
    }

    @Test
    @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
    void quote_millionsOfLetters_isTheirBeginning() {
        assertThat(ProviderWords.quote("a".repeat(5_000_000))).isEqualTo("a".repeat(300) + "…");
    }

    @Test
    void quote_keyWhereTheSearchEnds_isNotShown() {
        String words = "a1".repeat(2_395) + " key ";
        assertThat(ProviderWords.quote(words + "abcdef0123456789")).isEqualTo("[removed] key…");
    }
}
