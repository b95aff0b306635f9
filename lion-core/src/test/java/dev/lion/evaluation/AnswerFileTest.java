package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerFileTest {
    @TempDir
    private Path temp;

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("answers.jsonl"), text);
    }

    @Test
    void read_bothFormats_areByTheIdOfTheQuestion() throws IOException {
        assertThat(AnswerFile.read(file("""
                        {"question_id": 1, "text": "One.", "model_id": "m"}
                        {"question_id": "b", "choices": [{"index": 0, "turns": ["Two.", "Three."]}]}
                        {"question_id": 3, "text": ""}
                        """)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("1", "One.", "b", "Two.", "3", ""));
    }

    @Test
    void read_faultyLine_isNamed() throws IOException {
        assertThatThrownBy(() -> AnswerFile.read(file("{\"text\": \"x\"}")))
                .hasMessageEndingWith("line 1: field \"question_id\": expected text, found nothing");
        assertThatThrownBy(() -> AnswerFile.read(file("{\"question_id\": 1}")))
                .hasMessageContaining("line 1: expected an answer in field \"text\"");
        assertThatThrownBy(() ->
                        AnswerFile.read(file("{\"question_id\":1,\"text\":\"\"}\n{\"question_id\":1,\"text\":\"\"}")))
                .hasMessageContaining("line 2: field \"question_id\": an earlier line answers the question 1 too");
        assertThatThrownBy(() -> AnswerFile.read(file("\n"))).hasMessageContaining("holds no answer");
    }
}
