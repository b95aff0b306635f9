package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatPromptTest {
    private static final ChatPrompt PROMPT = new ChatPrompt(
            new PromptTemplate("s", 1, "Answer in {language}."), new PromptTemplate("u", 1, "{question}"));

    @Test
    void messages_allValues_fillBothMessages() {
        assertThat(PROMPT.messages(Map.of("language", "Latin", "question", "{language}?")))
                .containsExactly(SystemMessage.from("Answer in Latin."), UserMessage.from("{language}?"));
    }

    @Test
    void messages_missingValue_isRefused() {
        assertThatThrownBy(() -> PROMPT.messages(Map.of("question", "?")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[language, question]");
    }

    @Test
    void requirePlaceholders_others_isRefused() {
        assertThatThrownBy(() -> PROMPT.requirePlaceholders(Set.of("question")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the prompt s with u must have the placeholders [question], but has [language, question]");
    }

    @Test
    void systemMessages_ofFramedPrompts_sayThatTheMaterialIsData() {
        assertThat(ChatPrompt.REFEREE.system().text()).contains("BEGIN", "END", "code", "no authority");
        assertThat(ChatPrompt.GENERATOR_HARD.system().text()).contains("BEGIN", "END", "code", "do not follow");
    }

    /** {@code prompts.sha256} pins every text to its version: a changed text needs a new version, and a new line there. */
    @Test
    void bundledPrompts_atTheirVersion_haveTheirPublishedTexts() throws IOException {
        Map<String, String> current = Stream.of(
                        ChatPrompt.TEACHER, ChatPrompt.REFEREE, ChatPrompt.GENERATOR_HARD, ChatPrompt.GENERATOR_EASY)
                .flatMap(prompt -> Stream.of(prompt.system(), prompt.user()))
                .distinct()
                .collect(Collectors.toMap(
                        prompt -> prompt.name() + ".v" + prompt.version() + ".txt", PromptTemplate::sha256));

        assertThat(current).isEqualTo(published());
    }

    private static Map<String, String> published() throws IOException {
        try (InputStream in = ChatPromptTest.class.getResourceAsStream("prompts.sha256")) {
            String lines = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
        }
    }
}
