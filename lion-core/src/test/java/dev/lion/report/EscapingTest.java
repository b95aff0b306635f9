package dev.lion.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapingTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "</script>, &lt;/script&gt;",
                "a & b, a &amp; b",
                "\" onload=\"x, &quot; onload=&quot;x",
                "it's, it&#39;s",
                "&amp;, &amp;amp;"
            })
    void escape_markup_isText(String text, String expected) {
        assertThat(Escaping.escape(text)).isEqualTo(expected);
    }

    @Test
    void escape_controlCharacters_areShown() {
        assertThat(Escaping.escape("a\0b\u001b[31m\u0007\u007f\r")).isEqualTo("a\u2400b\u241b[31m\u2407\u2421\u240d");
        assertThat(Escaping.escape("\u0085\ufeff\uffff")).isEqualTo("[U+0085][U+FEFF][U+FFFF]");
    }

    @Test
    void escape_lineBreaksAndTabs_areKept() {
        assertThat(Escaping.escape("a\r\nb\n\tc")).isEqualTo("a\nb\n\tc");
    }

    @Test
    void escape_directionOverridesAndHiddenTags_areShownByNumber() {
        assertThat(Escaping.escape("\u202egnp.exe\u2066")).isEqualTo("[U+202E]gnp.exe[U+2066]");
        assertThat(Escaping.escape(Character.toString(0xE0041))).isEqualTo("[U+E0041]");
    }

    @Test
    void escape_halfASurrogatePair_isReplaced() {
        assertThat(Escaping.escape("a\ud83cb\udf4e")).isEqualTo("a\ufffdb\ufffd");
        assertThat(Escaping.escape("\ud83c\udf4e")).isEqualTo("\ud83c\udf4e");
    }

    @Test
    void escape_everyCharacter_isLegalInXml() throws Exception {
        StringBuilder all = new StringBuilder();
        IntStream.rangeClosed(0, 0x10FFFF).forEach(all::appendCodePoint);
        Xhtml page = Xhtml.parse(
                "<p title=\"" + Escaping.escape("\n\"'<") + "\">" + Escaping.escape(all.toString()) + "</p>");
        assertThat(page.text("/p")).contains("\u2400\u2401", "%&").doesNotContain("\u202e", "\ufffe");
    }
}
