package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.role.Comparison;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelRoles;
import dev.lion.teacher.chat.RecordingChatModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On recordings of the real roles over a server on loopback. */
class RescoreCommandTest {
    private static final Pattern MARK = Pattern.compile("\\[[a-z]{8}]");

    @TempDir
    private Path temp;

    /** The teacher answers one question, and the referee judges three comparisons with these replies. */
    private Path recording(String name, List<String> replies) throws Exception {
        Path file = temp.resolve(name);
        try (var server = ChatCompletionsServer.start(request -> {
                    String user = ChatCompletionsServer.message(request, "user");
                    for (int i = 0; i < replies.size(); i++) {
                        if (user.contains("question " + i) && user.contains("first answer")) {
                            Matcher mark = MARK.matcher(request.path("messages").toString());
                            String prefix = mark.find() ? mark.group() + " " : "";
                            return ChatCompletionsServer.completion(
                                    replies.get(i).replace("{mark}", prefix));
                        }
                    }
                    return ChatCompletionsServer.completion("an answer");
                });
                var model = RecordingChatModel.open(
                        OpenAiChatModel.builder()
                                .baseUrl(server.baseUrl())
                                .apiKey("test")
                                .modelName("m")
                                .maxRetries(0)
                                .build(),
                        file)) {
            ChatModelRoles roles = ChatModelRoles.of(model);
            roles.teacher().answer(Instruction.of("question 0"));
            for (int i = 0; i < replies.size(); i++) {
                roles.referee()
                        .judge(new Comparison(
                                Instruction.of("question " + i),
                                Response.of("first answer"),
                                Response.of("second answer")));
            }
        }
        return file;
    }

    private static String scores(int first, int second) {
        return "Both were read.\nScore of answer 1: " + first + "\nScore of answer 2: " + second;
    }

    @Test
    void rescore_recording_countsTheRefereesRepliesAlone() throws Exception {
        Path file = recording("calls.jsonl", List.of(scores(7, 6), "I cannot say.", scores(3, 9)));

        assertThat(run("--record", file.toString()))
                .contains("replies of the referee: 3, 2 with scores, 1 without; 0 calls failed")
                .contains("  1 times the score of answer 1 is missing");
    }

    @Test
    void rescore_markedScores_areReadAsTheRefereeReadsThem() throws Exception {
        Path file = recording("calls.jsonl", List.of("{mark}Score of answer 1: 7\n{mark}Score of answer 2: 6"));
        assertThat(run("--record", file.toString()))
                .contains("replies of the referee: 1, 1 with scores, 0 without")
                .doesNotContain("read without the texts");
    }

    @Test
    void rescore_textsNotWholeInTheMessage_saysSo() throws Exception {
        Path file = recording("calls.jsonl", List.of(scores(7, 6)));
        edit(file, text -> text.replace("second answer", "another answer"));
        assertThat(run("--record", file.toString()))
                .contains("1, 1 with scores, 0 without")
                .contains("  1 of them read without the texts");
    }

    @Test
    void rescore_againstAnotherRecording_saysWhatChanged() throws Exception {
        Path one = recording("one.jsonl", List.of(scores(7, 6), "I cannot say.", scores(3, 9), scores(5, 5)));
        Path other = recording("other.jsonl", List.of(scores(7, 6), scores(8, 8), scores(4, 9)));

        assertThat(run("--record", one.toString(), "--against", other.toString()))
                .contains("compared with " + other + ": 1 the same, 1 with other scores, 0 scored that had none,"
                        + " 1 without scores that had some, 1 only here, 0 only there")
                .contains(": 4.0 and 9.0 -> 3.0 and 9.0")
                .contains(": 8.0 and 8.0 -> abstained, ");
    }

    @Test
    void rescore_savedVerdicts_areComparedLater() throws Exception {
        Path file = recording("calls.jsonl", List.of(scores(7, 6), "I cannot say."));
        Path saved = temp.resolve("verdicts.jsonl");
        run("--record", file.toString(), "--save", saved.toString());
        assertThat(run("--record", file.toString(), "--before", saved.toString()))
                .contains("2 the same, 0 with other scores, 0 scored that had none, 0 without");

        edit(saved, text -> text.replace("\"first\":7.0", "\"first\":1.0"));
        assertThat(run("--record", file.toString(), "--before", saved.toString()))
                .contains("1 the same, 1 with other scores")
                .contains(": 1.0 and 6.0 -> 7.0 and 6.0");
    }

    @Test
    void rescore_fileOfSomethingElse_isNamed() throws IOException {
        Path notes = Files.writeString(temp.resolve("notes.txt"), "my notes\n");
        Path empty = Files.createFile(temp.resolve("empty.jsonl"));

        assertThat(run("--record", notes.toString())).contains("error: " + notes + ", line 1: not a recorded call");
        assertThat(run("--record", empty.toString(), "--before", notes.toString()))
                .contains("error: " + notes + ", line 1: not a saved verdict");
        assertThat(run("--record", empty.toString())).contains("replies of the referee: 0, 0 with scores");
    }

    private static void edit(Path file, UnaryOperator<String> change) throws IOException {
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    private static String run(String... options) {
        var out = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = new String[options.length + 1];
            arguments[0] = "rescore";
            System.arraycopy(options, 0, arguments, 1, options.length);
            Main.commandLine()
                    .setErr(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .execute(arguments);
        } finally {
            System.setOut(standardOut);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
