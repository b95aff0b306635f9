package dev.lion.student.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationFileTest {
    @TempDir
    Path folder;

    @Test
    void read_ofSeveralTurns_isTheirMessages() throws IOException {
        Path file = write("""
                {"messages": [{"role": "user", "content": "A?"}, {"role": "assistant", "content": "B."}]}

                {"id": "x", "source": "elsewhere", "messages": [{"role": "system", "content": "S"}, {"role": "user", \
                "content": "C?"}, {"role": "assistant", "content": ""}]}
                """);

        assertThat(ConversationFile.read(file))
                .containsExactly(
                        new Conversation("line 1", List.of(Message.user("A?"), Message.assistant("B."))),
                        new Conversation("x", List.of(Message.system("S"), Message.user("C?"), Message.assistant(""))));
    }

    @Test
    void read_ofFaultyLines_namesFileLinesAndFields() throws IOException {
        Path file = write("""
                {"messages": [{"role": "user", "content": "A?"}]}
                {"messages": [{"role": "narrator", "content": "A?"}]}
                {"messages": [{"role": "user", "content": "A?"}, {"role": "assistant", "content": 3}]}
                {"conversation": []}
                {"messages": [{"role": "assistant", "content": "B."}]}
                {"messages":
                """);

        assertThatThrownBy(() -> ConversationFile.read(file))
                .isInstanceOf(PromptException.class)
                .hasMessageContainingAll(
                        file.toString(),
                        "line 1: a conversation ends with an answer",
                        "line 2: messages[0].role is 'narrator'",
                        "line 3: messages[1].content is missing or not a text",
                        "line 4: messages is missing",
                        "line 5: message 1 of a conversation is of the assistant, where the user's is due",
                        "line 6: is not a JSON object");
    }

    @Test
    void read_ofOtherFormats_namesThem() throws IOException {
        Path file = write("""
                {"instruction": "A?", "input": "", "output": "B."}
                {"conversations": [{"from": "human", "value": "A?"}]}
                {"messages": [], "messages": []}
                {"messages": [
                """);

        assertThatThrownBy(() -> ConversationFile.read(file))
                .isInstanceOf(PromptException.class)
                .hasMessageContainingAll(
                        "line 1: has instruction and output (Alpaca); write {\"messages\"",
                        "line 2: has conversations (ShareGPT); write {\"messages\"",
                        "line 3: is not a JSON object: Duplicate field 'messages'",
                        "line 4: is not a JSON object")
                .hasMessageNotContaining("REDACTED");
    }

    @Test
    void read_ofAList_saysSo() throws IOException {
        Path file = write("[\n  {\"messages\": []}\n]\n");

        assertThatThrownBy(() -> ConversationFile.read(file))
                .isInstanceOf(PromptException.class)
                .hasMessageEndingWith("line 1: this is a JSON list; give one object a line");
    }

    @Test
    void read_ofADirectory_saysSo() {
        assertThatThrownBy(() -> ConversationFile.read(folder))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void read_ofNoFile_saysSo() {
        assertThatThrownBy(() -> ConversationFile.read(folder.resolve("none")))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("there is no such file");
    }

    private Path write(String lines) throws IOException {
        return Files.writeString(folder.resolve("conversations.jsonl"), lines);
    }
}
