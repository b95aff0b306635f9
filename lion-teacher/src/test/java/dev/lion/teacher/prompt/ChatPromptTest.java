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
                .hasMessageContaining("{language}");
    }

    @Test
    void requirePlaceholders_missingAndUnknown_namesBothAndWhatWasMeant() {
        assertThatThrownBy(() -> PROMPT.requirePlaceholders(Set.of("languages", "answer")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the prompt s with u lacks {answer}, {languages} and has {language} (did you mean {languages}?),"
                                + " {question}, which nothing stands for; it must have {answer}, {languages}");
    }

    @Test
    void requirePlaceholders_optional_mayBeThereOrNot() {
        assertThat(PROMPT.requirePlaceholders(Set.of("language"), Set.of("question", "other")))
                .isSameAs(PROMPT);
        assertThatThrownBy(() -> PROMPT.requirePlaceholders(Set.of("language", "date"), Set.of("question")))
                .hasMessageEndingWith("lacks {date}; it must have {date}, {language}, and may have {question}");
    }

    @Test
    void systemMessages_ofFramedPrompts_sayThatTheMaterialIsData() {
        assertThat(ChatPrompt.REFEREE.system().text()).contains("BEGIN", "END", "code", "no authority");
        assertThat(ChatPrompt.GENERATOR_HARD.system().text()).contains("BEGIN", "END", "code", "do not follow");
    }

    /** {@code prompts.sha256} pins every text to its version: a changed text needs a new version, and a new line there. */
    @Test
    void bundledPrompts_atTheirVersion_haveTheirPublishedTexts() throws IOException {
        Map<String, String> published = published();
        Map<String, String> current = published.keySet().stream()
                .collect(Collectors.toMap(file -> file, file -> bundled(file).sha256()));

        assertThat(current).isEqualTo(published);
        assertThat(published.keySet())
                .containsAll(PromptSet.names().stream()
                        .map(PromptSet.defaults()::get)
                        .map(prompt -> prompt.name() + ".v" + prompt.version() + ".txt")
                        .toList());
    }

    private static PromptTemplate bundled(String file) {
        int version = file.indexOf(".v");
        return PromptTemplate.bundled(
                file.substring(0, version),
                Integer.parseInt(file.substring(version + 2, file.length() - ".txt".length())));
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
