package dev.lion.teacher.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.role.Teacher;
import dev.lion.testing.ScriptedBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HarvestedTeacherTest {
    private static final Teacher ASKED = instruction -> Response.of("asked");

    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(
                temp.resolve("harvest.jsonl"),
                List.of(
                        "{\"instruction\":\"one\",\"answer\":\"known\",\"inputTokens\":5,\"model\":\"gpt\"}",
                        "{\"instruction\":\"two\"}",
                        "{\"instruction\":\"three\",\"answer\":\"other\",\"model\":\"small\"}"));
    }

    @Test
    void answer_knownInstruction_costsNothing() throws Exception {
        HarvestedTeacher teacher = HarvestedTeacher.of(ASKED, file);
        assertThat(teacher.size()).isEqualTo(2);
        assertThat(teacher.answer(Instruction.of("one")))
                .isEqualTo(new Response("known", FinishReason.STOP, TokenUsage.FREE));
        assertThat(teacher.mostTokens(Instruction.of("one"))).contains(TokenUsage.FREE);
    }

    @Test
    void answer_otherInstruction_isAsked() throws Exception {
        HarvestedTeacher teacher = HarvestedTeacher.of(ASKED, file);
        for (Instruction other : List.of(Instruction.of("two"), Instruction.of("one", "input"))) {
            assertThat(teacher.answer(other).text()).isEqualTo("asked");
            assertThat(teacher.mostTokens(other)).isEqualTo(ASKED.mostTokens(other));
        }
    }

    @Test
    void batches_ofTheWrappedTeacher_areHandedOn() {
        var batches = ScriptedBatches.<Instruction, Response>of(ASKED::answer);

        assertThat(HarvestedTeacher.of(ScriptedBatches.beside(ASKED, batches), file)
                        .batches())
                .containsSame(batches);
    }

    @Test
    void of_condition_leavesOutTheOthers() throws Exception {
        HarvestedTeacher teacher =
                HarvestedTeacher.of(ASKED, file, harvested -> harvested.model().equals("gpt"));
        assertThat(teacher.answer(Instruction.of("three")).text()).isEqualTo("asked");
        assertThat(teacher.answer(Instruction.of("one")).text()).isEqualTo("known");
    }

    @Test
    void of_fileThatCannotBeRead_isNamed() throws IOException {
        Path damaged = Files.writeString(temp.resolve("damaged.jsonl"), "{\"instruction\":7}\n");
        assertThatThrownBy(() -> HarvestedTeacher.of(ASKED, damaged))
                .isInstanceOf(HarvestException.class)
                .hasMessageContaining(damaged + ", line 1")
                .hasMessageContaining("\"instruction\" is not text");
        assertThatThrownBy(() -> HarvestedTeacher.of(ASKED, temp.resolve("none")))
                .isInstanceOf(HarvestException.class)
                .hasMessageContaining("cannot be read");
    }
}
