package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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
                "<think>Lakes, then.</think>\nName four lakes."
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
                "Explain the tags <think> and </think>."
            })
    void parse_instructionWithMarksInside_changesNothing(String reply) {
        assertThat(InstructionParser.parse(reply, FRAME)).contains(reply);
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
