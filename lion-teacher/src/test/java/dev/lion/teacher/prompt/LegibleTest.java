package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegibleTest {
    @ParameterizedTest
    @CsvSource({
        "0000", "0007", "001B", "007F", "009F", "200B", "202E", "2066", "2060", "FEFF", "00AD", "061C", "E0041", "FFFF",
        "FE00", "FE0D", "FE0F", "E0100", "E01EF", "034F", "115F", "1160", "3164", "FFA0", "180E", "2800", "17B4",
        "17B5", "FFF9", "FFFB"
    })
    void of_characterThatCannotBeSeen_isWrittenOut(String code) {
        String character = Character.toString(Integer.parseInt(code, 16));

        assertThat(Legible.of("a" + character + "b")).isEqualTo("a⟨U+" + code + "⟩b");
    }

    @Test
    void of_loneSurrogates_areWrittenOut() {
        assertThat(Legible.of("a\ud83e")).isEqualTo("a⟨U+D83E⟩");
        assertThat(Legible.of("\udd81b")).isEqualTo("⟨U+DD81⟩b");
    }

    @Test
    void of_selectorsInARow_leavesOnlyTheFirst() {
        assertThat(Legible.of("❤\uFE0F\uFE0F\uFE0E")).isEqualTo("❤\uFE0F⟨U+FE0F⟩⟨U+FE0E⟩");
    }

    @Test
    void of_lineEndsOfAllKinds_areOneKind() {
        assertThat(Legible.of("a\r\nb\rc\u2028d\u2029e\u0085f\ng")).isEqualTo("a\nb\nc\nd\ne\nf\ng");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Plain\ttext.\n",
                "👩‍👩‍👧 🦁",
                "❤️ ☎︎ ↔️ 1️⃣ ❤️‍🔥",
                "می‌خواهم",
                "क्‍ष",
                "naïve e\u0301",
                "日本語、改行。",
                "\u00a0 \u2009"
            })
    void of_textThatCanBeSeen_isTheSame(String text) {
        assertThat(Legible.of(text)).isSameAs(text);
    }
}
