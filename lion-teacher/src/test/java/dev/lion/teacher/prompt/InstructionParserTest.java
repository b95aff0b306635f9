package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstructionParserTest {
    private static final Frame FRAME = Frame.around(List.of("Name three rivers."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Name four lakes.",
                "  Name four lakes.\n",
                "\"Name four lakes.\"",
                "“Name four lakes.”",
                "«Name four lakes.»",
                "New instruction: Name four lakes.",
                "New task:\nName four lakes.",
                "Instruction: Name four lakes.",
                "**New Task:** Name four lakes.",
                "### New Instruction\nName four lakes.",
                "### Instruction:\nName four lakes.",
                "**Name four lakes.**",
                "```\nName four lakes.\n```",
                "```text\nName four lakes.\n```",
                "Sure! Here is a new task:\n\nName four lakes.",
                "Here's one new task in the same field:\n\n\"Name four lakes.\"",
                "**New prompt:**\n\n```\n\"Name four lakes.\"\n```",
                "<think>Lakes, then.</think>\nName four lakes.",
                "<think>Lakes, then.</think>Name four lakes.",
                "<think>The tag </think> is one.\n</think>\n\nName four lakes.",
                "Lakes, then.\n</think>\n\nName four lakes.",
                "Certainly. Here is what you asked for:\nName four lakes.",
                "Here is a new, more specific task:\nName four lakes.",
                "New task: Task: Name four lakes."
            })
    void parse_wrappedInstruction_takesTheWrappingOff(String reply) {
        assertThat(InstructionParser.parse(reply, FRAME)).contains("Name four lakes.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Translate \"good night\" into French.",
                "\"Good night\" means what in \"Le Petit Prince\"",
                "Explain what **bold** means.",
                "**Read** the poem and count the **verbs**",
                "Fix this code:\n```java\nint x = \"1\";\n```",
                "```java\nint x;\n```\nWhat is wrong above?\n```java\nint y;\n```",
                "Write a new task: list for my team.",
                "Here is a poem: explain it.",
                "Tasks: sort them.",
                "Explain the tags <think> and </think>.",
                "Explain in one sentence what the tag </think> means in the output of a model.",
                "What does </think> end?\nSay it in one word.",
                "Here is a list of words:\nbanana, apple\nSort them.",
                "Here is a list of tasks:\nsweep, mop\nSort them.",
                "Here is a Python function that should reverse a list:\n```python\ndef f(x): return x\n```"
            })
    void parse_instructionWithMarksInside_changesNothing(String reply) {
        assertThat(InstructionParser.parse(reply, FRAME)).contains(reply);
    }

    @Test
    void parse_reasoningThenATaskAboutItsTag_keepsTheWholeTask() {
        assertThat(InstructionParser.parse("<think>Tags.\n</think>\nWhat does </think> mean?", FRAME))
                .contains("What does </think> mean?");
    }

    @Test
    @Timeout(20)
    void parse_endlessWrapping_endsSoon() {
        String lines = (FRAME.code() + "\n").repeat(50_000);

        assertThat(InstructionParser.parse("task: ".repeat(200_000) + "Name four lakes.", FRAME))
                .contains("Name four lakes.");
        assertThat(InstructionParser.parse(lines + "Name four lakes.", FRAME)).isEmpty();
        assertThat(InstructionParser.parse("new task" + "\n".repeat(200_000) + "x", FRAME))
                .contains("x");
    }

    @Test
    void parse_imitatedFrame_takesItsLinesOff() {
        assertThat(InstructionParser.parse(FRAME.wrap("NEW TASK", "Name\nfour lakes."), FRAME))
                .contains("Name\nfour lakes.");
    }

    @Test
    void parse_codeInsideTheText_isNotUsable() {
        assertThat(InstructionParser.parse("Name lakes\n" + FRAME.code() + "\nfour.", FRAME))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "New task:", "```\n\n```", "<think>Lakes or hills", "\"  \""})
    void parse_nothingLeft_isEmpty(String reply) {
        assertThat(InstructionParser.parse(reply, FRAME)).isEmpty();
    }
}
