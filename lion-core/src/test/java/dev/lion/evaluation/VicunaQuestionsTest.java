package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.fixture.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VicunaQuestionsTest {
    @TempDir
    private Path temp;

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("questions.jsonl"), text);
    }

    @Test
    void read_bothFormats_isTheFirstTurnOrTheText() throws IOException {
        assertThat(VicunaQuestions.read(file("""
                                        {"question_id": 1, "turns": ["Why is it dark?", "And now?"]}

                                        {"question_id": 2, "text": "Who sings?"}
                                        """)))
                .containsExactly(Instruction.of("Why is it dark?"), Instruction.of("Who sings?"));
    }

    @Test
    void read_faultyLine_isNamed() throws IOException {
        Path faulty = file("{\"text\": \"Who sings?\"}\n{\"turns\": []}\n");

        assertThatThrownBy(() -> VicunaQuestions.read(faulty))
                .isInstanceOf(EvaluationFileException.class)
                .hasMessage(faulty + ": line 2: expected a question in field \"text\" or in the first of \"turns\"");
        assertThatThrownBy(() -> VicunaQuestions.read(file("not JSON"))).hasMessageContaining("line 1: is not JSON");
        assertThatThrownBy(() -> VicunaQuestions.read(file(" \n"))).hasMessageContaining("holds no question");
        assertThatThrownBy(() -> VicunaQuestions.read(temp.resolve("none")))
                .isInstanceOf(EvaluationFileException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void read_vicunas80_areAllThere() {
        assertThat(VicunaQuestions.read(RealData.require("vicuna-80.jsonl"))).hasSize(80);
    }
}
