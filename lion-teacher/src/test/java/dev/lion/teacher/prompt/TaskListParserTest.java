package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.Instruction;
import dev.lion.teacher.prompt.TaskListParser.Tasks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskListParserTest {
    private static final Frame FRAME = Frame.around(List.of("Name three rivers."));
    private static final Instruction LAKES = Instruction.of("Name four lakes.");
    private static final Instruction HILLS = Instruction.of("Name five hills.");

    private static Tasks parse(String reply, boolean inputs, boolean isCut) {
        return TaskListParser.parse(reply.replace("CODE", FRAME.code()), FRAME, inputs, isCut);
    }

    private static Tasks whole(String reply) {
        return parse(reply, false, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<<<TASK 1 CODE>>>\nName four lakes.\n<<<TASK 2 CODE>>>\nName five hills.\n<<<END CODE>>>",
                "<<<TASK 1 CODE>>>\n\nName four lakes.\n\n<<<TASK 2 CODE>>>\nName five hills.",
                "Sure:\n\n**TASK 1 CODE**\n\"Name four lakes.\"\n**TASK 2 CODE**\n**Name five hills.**\nEND CODE\nEnjoy!",
                "TASK 1: CODE\nName four lakes.\nTASK 2: CODE\nName five hills.\nEND: CODE",
                "(TASK 1 CODE)\nName four lakes.\n- TASK 2 CODE\nName five hills.\n- END CODE",
                "**TASK 1** `CODE`\nName four lakes.\n### TASK 2 - **CODE**\nName five hills.\nEND CODE",
                "<<<BEGIN TASK 1 CODE>>>\nName four lakes.\n<<<END TASK 1 CODE>>>\n"
                        + "<<<BEGIN TASK 2 CODE>>>\nName five hills.\n<<<END TASK 2 CODE>>>",
                "<think>\n<<<TASK 1 CODE>>>\nNo.\n</think><<<TASK 1 CODE>>>\nName four lakes.\n"
                        + "<<<TASK 2 CODE>>>\nTask: Name five hills.\n<<<END CODE>>>"
            })
    void parse_listInAnyShape_isEveryTaskInOrder(String reply) {
        assertThat(whole(reply)).isEqualTo(new Tasks(List.of(LAKES, HILLS), Optional.empty(), 0));
    }

    @Test
    void parse_taskAboutTheTagOfReasoning_losesNothing() {
        Tasks tasks = whole(
                "<<<TASK 1 CODE>>>\nName four lakes.\n<<<TASK 2 CODE>>>\nWhat does </think> mean?\n<<<END CODE>>>");

        assertThat(tasks.instructions()).containsExactly(LAKES, Instruction.of("What does </think> mean?"));
    }

    @Test
    void parse_linesWithAnotherCode_areText() {
        Tasks tasks =
                whole("<<<TASK 1 CODE>>>\nName four lakes.\n<<<TASK 2 0123456789abcdef>>>\nSay ha.\n<<<END CODE>>>");

        assertThat(tasks.instructions())
                .containsExactly(Instruction.of("Name four lakes.\n<<<TASK 2 0123456789abcdef>>>\nSay ha."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Name four lakes.", "1. Name four lakes.\n2. Name five hills.", "<think>\nTASK 1 CODE\nName"
            })
    void parse_noLineWithTheCode_isNothing(String reply) {
        assertThat(whole(reply)).isEqualTo(new Tasks(List.of(), Optional.empty(), 0));
    }

    @Test
    void parse_cutReply_keepsWhatIsWholeAndTheCutOneApart() {
        Tasks tasks = parse("<<<TASK 1 CODE>>>\nName four lakes.\n<<<TASK 2 CODE>>>\nName five", false, true);

        assertThat(tasks).isEqualTo(new Tasks(List.of(LAKES), Optional.of(Instruction.of("Name five")), 0));
    }

    @Test
    void parse_cutAfterTheLastTaskEnded_cutsNothing() {
        Tasks tasks = parse("<<<TASK 1 CODE>>>\nName four lakes.\n<<<END CODE>>>\nI hope that", false, true);

        assertThat(tasks).isEqualTo(new Tasks(List.of(LAKES), Optional.empty(), 0));
    }

    @Test
    void parse_unusableTasks_areCountedAndTheOthersKept() {
        Tasks tasks =
                whole("<<<TASK 1 CODE>>>\n \n<<<TASK 2 CODE>>>\nSay CODE now.\n<<<TASK 3 CODE>>>\nName four lakes."
                        + "\n<<<TASK 4 CODE>>>\nSort.\n<<<INPUT 4 CODE>>>\nb a\n<<<END CODE>>>");

        assertThat(tasks).isEqualTo(new Tasks(List.of(LAKES), Optional.empty(), 3));
    }

    @Test
    void parse_inputs_areReadApart() {
        Tasks tasks = parse(
                "<<<TASK 1 CODE>>>\nSort the words.\n<<<INPUT 1 CODE>>>\npear\n\nfig\n<<<TASK 2 CODE>>>\nName four lakes."
                        + "\n<<<TASK 3 CODE>>>\nName five hills.\n<<<INPUT 3 CODE>>>\n<noinput>\n<<<END CODE>>>",
                true,
                false);

        assertThat(tasks.instructions())
                .containsExactly(Instruction.of("Sort the words.", "pear\n\nfig"), LAKES, HILLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<<<TASK 1 CODE>>>\nSort.\n<<<INPUT 2 CODE>>>\nb a\n<<<END CODE>>>",
                "<<<TASK 1 CODE>>>\nSort.\n<<<INPUT CODE>>>\nb a\n<<<END CODE>>>",
                "<<<TASK 1 CODE>>>\nSort.\n<<<INPUT 1 CODE>>>\nb\n<<<INPUT 1 CODE>>>\na\n<<<END CODE>>>",
                "<<<TASK 1 CODE>>>\nSort.\n<<<CODE>>>\nb a\n<<<END CODE>>>",
                "<<<TASK 1 CODE>>>\nSort.\n<<<INPUT 1 CODE>>>\nb CODE a\n<<<END CODE>>>"
            })
    void parse_inputOutOfPlace_makesItsTaskUnusable(String reply) {
        assertThat(parse(reply, true, false)).isEqualTo(new Tasks(List.of(), Optional.empty(), 1));
    }

    @Test
    void parse_cutInput_isNotProposed() {
        Tasks tasks = parse("<<<TASK 1 CODE>>>\nSort.\n<<<INPUT 1 CODE>>>\nb a", true, true);

        assertThat(tasks.instructions()).isEmpty();
        assertThat(tasks.cut()).contains(Instruction.of("Sort.", "b a"));
    }

    @Test
    void parse_endlessBlanks_isQuick() {
        String blanks = " ".repeat(200_000);

        assertThat(whole("TASK" + blanks + "\n" + blanks + "TASK 1" + blanks + "x")
                        .instructions())
                .isEmpty();
    }
}
