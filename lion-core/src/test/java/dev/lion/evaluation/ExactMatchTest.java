package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.EvaluationSummary;
import dev.lion.data.EvaluationSummary.Score;
import dev.lion.data.Instruction;
import dev.lion.fixture.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactMatchTest {
    @TempDir
    Path temp;

    /** Answers every instruction with its own text. */
    private static final AnsweringStudent ECHO = new AnsweringStudent(text -> " " + text + "\n", (text, answer) -> 0.0);

    private static ExactMatch.Item item(String task, String question, String target) {
        return new ExactMatch.Item(task, Instruction.of(question), target);
    }

    @Test
    void evaluate_strippedAnswers_areCountedByTask() throws Exception {
        ExactMatch evaluation = ExactMatch.on(List.of(
                item("echo", "yes", "yes"),
                item("other", "x", "y"),
                item("echo", "no", "no "),
                item("echo", "Yes", "yes")));
        assertThat(evaluation.evaluate(ECHO))
                .isEqualTo(new EvaluationSummary(Map.of("echo", new Score(2, 3), "other", new Score(0, 1))));
    }

    @Test
    void evaluate_moreThanABatch_asksEveryItem() throws Exception {
        List<ExactMatch.Item> items = IntStream.range(0, 150)
                .mapToObj(i -> item("echo", "" + i, i % 3 == 0 ? "" + i : "?"))
                .toList();
        assertThat(ExactMatch.on(items).evaluate(ECHO).overall()).isEqualTo(new Score(50, 150));
    }

    @Test
    void on_noItems_isRefused() {
        assertThatThrownBy(() -> ExactMatch.on(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readTasks_folder_namesTasksAfterFiles() throws IOException {
        Files.writeString(temp.resolve("b.json"), "{\"examples\":[{\"input\":\"2?\",\"target\":\"4\"}]}");
        Files.writeString(
                temp.resolve("a.json"), "{\"canary\":\"x\",\"examples\":[{\"input\":\"1?\",\"target\":\"1\"}]}");
        assertThat(BigBenchHard.readTasks(temp)).containsExactly(item("a", "1?", "1"), item("b", "2?", "4"));
    }

    @Test
    void readTask_faultyFile_namesFileEntryAndField() throws IOException {
        Path file = temp.resolve("a.json");
        Files.writeString(file, "{\"examples\":[{\"input\":\"1?\",\"target\":\"1\"},{\"input\":\"2?\"}]}");
        assertThatThrownBy(() -> BigBenchHard.readTask(file))
                .isInstanceOf(EvaluationFileException.class)
                .hasMessage(file + ": entry 2: field \"target\": expected text, found nothing");
        Files.writeString(file, "{\"examples\":\n{");
        assertThatThrownBy(() -> BigBenchHard.readTask(file)).hasMessageContaining("is not JSON");
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> BigBenchHard.readTask(file)).hasMessageContaining("field \"examples\"");
        assertThatThrownBy(() -> BigBenchHard.readTask(temp.resolve("none.json")))
                .hasMessageContaining("does not exist");
    }

    @Test
    void readTasks_folderWithoutTasks_saysWhatToGive() {
        assertThatThrownBy(() -> BigBenchHard.readTasks(temp)).hasMessageContaining("give the folder of tasks");
    }

    @Test
    void readTasks_realTasks_readsEveryItem() {
        assertThat(BigBenchHard.readTasks(RealData.require("bbh-sample"))).hasSize(27 * 25);
    }
}
