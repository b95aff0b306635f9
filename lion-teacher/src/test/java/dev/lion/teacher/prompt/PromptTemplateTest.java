package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {
    private static final PromptTemplate GREETING =
            new PromptTemplate("greeting", 2, "Dear {name}, {code} and {name}!\r\n");

    @Test
    void fill_valuesWithBraces_areNotExpandedAgain() {
        assertThat(GREETING.fill(Map.of("name", "{code} $1 \\", "code", "{name}")))
                .isEqualTo("Dear {code} $1 \\, {name} and {code} $1 \\!");
    }

    @Test
    void fill_missingValue_namesPromptAndPlaceholders() {
        assertThatThrownBy(() -> GREETING.fill(Map.of("name", "Ada")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the prompt greeting version 2 has the placeholders [code, name],"
                        + " but values were given for [name]");
    }

    @Test
    void fill_unknownValue_namesPromptAndPlaceholders() {
        assertThatThrownBy(() -> GREETING.fill(Map.of("name", "Ada", "code", "1", "date", "today")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[code, date, name]");
    }

    @Test
    void placeholders_otherBraces_areOrdinaryText() {
        var template = new PromptTemplate("json", 1, "{\"a\": {value}} {} {A} {a b}");

        assertThat(template.placeholders()).containsExactly("value");
        assertThat(template.fill(Map.of("value", "1"))).isEqualTo("{\"a\": 1} {} {A} {a b}");
    }

    @Test
    void fingerprint_lineEnds_doNotMatter() {
        assertThat(new PromptTemplate("p", 1, "a\r\nb\r\n").fingerprint())
                .isEqualTo(new PromptTemplate("p", 1, "a\nb").fingerprint())
                .isNotEqualTo(new PromptTemplate("p", 1, "a\nc").fingerprint())
                .matches("p v1 sha256:[0-9a-f]{64}");
    }

    @Test
    void bundled_unknownVersion_namesTheResource() {
        assertThatThrownBy(() -> PromptTemplate.bundled("referee.system", 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("referee.system.v99.txt");
    }

    @Test
    void constructor_blankText_isRefused() {
        assertThatThrownBy(() -> new PromptTemplate("p", 1, " \n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'p' version 1");
    }
}
