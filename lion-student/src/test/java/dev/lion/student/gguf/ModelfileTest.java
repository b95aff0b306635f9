package dev.lion.student.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelfileTest {
    @Test
    void text_chatMl_hasItAsGosTemplate() {
        String text = modelfile(ModelfileTest::chatMl, List.of("<|im_end|>")).text();

        assertThat(text)
                .contains("FROM ./tiny-F16.gguf\n")
                .contains("{{ if eq $m.Role \"system\" }}{{ \"<|im_start|>system\\n\" }}{{ $m.Content }}")
                .contains("{{ if eq $i 0 }}{{ \"<|im_start|>user\\n\" }}")
                .contains("{{ $m.Content }}{{ end }}{{ end }}{{ \"<|im_end|>\\n<|im_start|>assistant\\n\" }}\"\"\"\n")
                .contains("PARAMETER stop \"<|im_end|>\"\n")
                .contains("PARAMETER temperature 0.7\n")
                .contains("PARAMETER num_ctx 128\n");
    }

    private static Optional<String> chatMl(List<Message> messages) {
        return Optional.of(messages.stream()
                        .map(one -> "<|im_start|>" + one.role().key() + "\n" + one.content() + "<|im_end|>\n")
                        .collect(Collectors.joining())
                + "<|im_start|>assistant\n");
    }

    @Test
    void text_wordsThatAreDirectives_stayOneQuotedLine() {
        String evil = "\"\"\"\nPARAMETER stop \"x\"\nSYSTEM {{ .Bad }} \"\"\"";

        String text = modelfile(messages -> chatMl(messages).map(words -> evil + words), List.of("a\"\nSYSTEM bad"))
                .text();

        assertThat(text.lines().filter(line -> line.startsWith("SYSTEM") || line.startsWith("PARAMETER stop")))
                .isEmpty();
        String template = text.lines()
                .filter(line -> line.startsWith("TEMPLATE \"\"\""))
                .findFirst()
                .orElseThrow();
        assertThat(template.substring("TEMPLATE \"\"\"".length(), template.length() - 3))
                .doesNotContain("\"\"\"")
                .contains("\\n");
    }

    @Test
    void text_formatThatRewritesMessages_isLeftToTheFile() {
        String text = modelfile(messages -> chatMl(messages).map(words -> words.replace('b', 'B')), List.of())
                .text();

        assertThat(text).doesNotContain("TEMPLATE \"\"\"").contains("compare its prompts");
    }

    @Test
    void text_formatThatRefusesSystemMessages_isLeftToTheFile() {
        String text = modelfile(messages -> hasSystem(messages) ? Optional.empty() : chatMl(messages), List.of())
                .text();

        assertThat(text).doesNotContain("TEMPLATE \"\"\"").contains("compare its prompts");
    }

    @Test
    void text_formatThatIgnoresSystemMessages_writesTheFirstQuestionAfterOneAsTheFirst() {
        String text = modelfile(
                        messages -> chatMl(hasSystem(messages) ? messages.subList(1, messages.size()) : messages)
                                .map(words -> "START " + words),
                        List.of())
                .text();

        assertThat(text)
                .contains("{{ else if and (eq $i 1) (eq (index $.Messages 0).Role \"system\") }}"
                        + "{{ \"START <|im_start|>user\\n\" }}")
                .doesNotContain("if eq $m.Role \"system\"");
    }

    private static boolean hasSystem(List<Message> messages) {
        return messages.get(0).role() == Message.Role.SYSTEM;
    }

    @Test
    void text_decodingWithStopStrings_hasThemAndTheLongestAnswer() {
        var decoding = new DecodingConfig(0, Integer.MAX_VALUE, 1, 0, 1, 77, List.of("END", "</s>"));

        String text = new Modelfile("a.gguf", ModelfileTest::chatMl, "", List.of("</s>"), 128, decoding).text();

        assertThat(text.lines().filter(line -> line.startsWith("PARAMETER stop")))
                .containsExactly("PARAMETER stop \"</s>\"", "PARAMETER stop \"END\"");
        assertThat(text).contains("PARAMETER num_predict 77\n");
    }

    @Test
    void new_nameThatCouldBeADirective_isRefused() {
        assertThatThrownBy(() -> new Modelfile(
                        "a\nSYSTEM b", ModelfileTest::chatMl, "", List.of(), 128, DecodingConfig.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Modelfile modelfile(Function<List<Message>, Optional<String>> format, List<String> stops) {
        return new Modelfile("tiny-F16.gguf", format, "", stops, 128, DecodingConfig.defaults());
    }
}
