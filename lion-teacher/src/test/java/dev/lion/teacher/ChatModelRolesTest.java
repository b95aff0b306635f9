package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.prompt.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatModelRolesTest {
    @Test
    void roles_usedFromManyThreads_keepTheCallsApart() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRolesTest::echo)) {
            var roles = ChatModelRoles.of(ChatModelFixture.model(server));
            List<Future<String>> answers = new ArrayList<>();
            List<Future<Verdict>> verdicts = new ArrayList<>();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            for (int i = 0; i < 64; i++) {
                var instruction = Instruction.of("Repeat " + i);
                var first = Response.of("marks " + (1 + i % 10));
                answers.add(
                        threads.submit(() -> roles.teacher().answer(instruction).text()));
                verdicts.add(threads.submit(
                        () -> roles.referee().judge(new Comparison(instruction, first, Response.of("marks 5")))));
            }
            threads.shutdown();

            for (int i = 0; i < 64; i++) {
                assertThat(answers.get(i).get()).isEqualTo("Repeat " + i);
                assertThat(verdicts.get(i).get())
                        .isEqualTo(new Verdict.Scored(1 + i % 10, 5, "", new TokenUsage(11, 7)));
            }
        }
    }

    @Test
    void fingerprints_defaults_nameEveryPromptInOrder() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRolesTest::echo)) {
            var fingerprints = ChatModelRoles.of(ChatModelFixture.model(server)).fingerprints();

            assertThat(fingerprints)
                    .containsEntry(
                            "prompt.referee.user", ChatPrompt.REFEREE.user().fingerprint())
                    .containsEntry(
                            "prompt.teacher.system", ChatPrompt.TEACHER.system().fingerprint());
            assertThat(fingerprints.keySet())
                    .containsExactly(
                            "prompt.generator.easy.system",
                            "prompt.generator.easy.user",
                            "prompt.generator.hard.system",
                            "prompt.generator.hard.user",
                            "prompt.referee.criteria",
                            "prompt.referee.format",
                            "prompt.referee.system",
                            "prompt.referee.user",
                            "prompt.teacher.system",
                            "prompt.teacher.user",
                            "referee.mostShown",
                            "referee.samples",
                            "referee.scale");
        }
    }

    @Test
    void toString_ofRoles_holdsNoKey() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRolesTest::echo)) {
            assertThat(ChatModelRoles.of(ChatModelFixture.model(server)).toString())
                    .doesNotContain(ChatModelFixture.KEY);
        }
    }

    /** The teacher's request itself, and for the referee the marks that the answers ask for. */
    private static Reply echo(JsonNode request) {
        String user = message(request, "user");
        if (!user.contains("ANSWER 1")) {
            return completion(user);
        }
        List<String> marks =
                user.lines().filter(line -> line.startsWith("marks ")).toList();
        return completion(String.join(
                "\n",
                IntStream.of(1, 2)
                        .mapToObj(i ->
                                "Score of answer " + i + ": " + marks.get(i - 1).substring(6))
                        .toList()));
    }
}
