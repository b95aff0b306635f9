package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static dev.lion.teacher.ChatCompletionsServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.lion.data.Difficulty;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.role.Comparison;
import dev.lion.role.GenerationRequest;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.testing.CountingStudent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listeners of the application's model fire once for each request that reaches the provider, however it ends. */
class ListenersTest {
    private static final Instruction QUESTION = Instruction.of("Name the capital of France.");

    @TempDir
    private Path temp;

    /** Counts. */
    private static final class Counter implements ChatModelListener {
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger responses = new AtomicInteger();
        private final AtomicInteger errors = new AtomicInteger();

        @Override
        public void onRequest(ChatModelRequestContext context) {
            requests.incrementAndGet();
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            responses.incrementAndGet();
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            errors.incrementAndGet();
        }
    }

    private final Counter counter = new Counter();

    private ChatModelRoles roles(ChatCompletionsServer server) {
        return ChatModelRoles.of(
                ChatModelFixture.builder(server).listeners(counter).build());
    }

    private void assertCounted(ChatCompletionsServer server, int errors) {
        assertThat(counter.requests).hasValue(server.requests().size());
        assertThat(counter.errors).hasValue(errors);
        assertThat(counter.responses).hasValue(server.requests().size() - errors);
    }

    @Test
    void call_eachRole_firesOnce() throws Exception {
        try (var server =
                ChatCompletionsServer.start(request -> completion("Score of answer 1: 5\nScore of answer 2: 5"))) {
            ChatModelRoles roles = roles(server);
            roles.teacher().answer(QUESTION);
            roles.referee().judge(new Comparison(QUESTION, Response.of("a"), Response.of("b")));
            roles.generator().generate(new GenerationRequest(QUESTION, Difficulty.HARD, 1, 1));

            assertThat(server.requests()).hasSize(3);
            assertCounted(server, 0);
        }
    }

    @Test
    void call_thatFails_firesOnceAsAnError() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> status(401, "{\"error\":{\"message\":\"no\"}}"))) {
            ChatModelRoles roles = roles(server);

            assertThatThrownBy(() -> roles.teacher().answer(QUESTION)).isInstanceOf(UnusableModelException.class);
            assertThat(server.requests()).hasSize(1);
            assertCounted(server, 1);
        }
    }

    @Test
    void run_withRepeatedCalls_firesOnceForEachAttempt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (var server = ChatCompletionsServer.start(request -> {
            if (asked.incrementAndGet() % 4 == 0) {
                failed.incrementAndGet();
                return status(503, "{\"error\":{\"message\":\"overloaded\"}}");
            }
            return reply(request, asked.get());
        })) {
            run(roles(server));

            assertThat(failed.get()).isGreaterThan(3);
            assertCounted(server, failed.get());
        }
    }

    private static Reply reply(JsonNode request, int number) {
        String system = message(request, "system");
        if (system.contains("invent tasks")) {
            return completion(
                    "Describe ox" + number + " and hut" + number * 7 + " near oak" + number * 13 + " briefly");
        }
        return completion(
                system.contains("compare two answers") ? "Score of answer 1: 7\nScore of answer 2: 6" : "An answer.");
    }

    private void run(ChatModelRoles roles) {
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .student(new CountingStudent())
                .config(LoopConfig.builder()
                        .iterations(1)
                        .generatedPerIteration(4)
                        .maxConcurrentCalls(1)
                        .firstBackoff(Duration.ZERO)
                        .build())
                .build();
        InstructionPool seeds = InstructionPool.of(IntStream.range(0, 4)
                .mapToObj(i -> Instruction.of("Say the word w" + i + " loudly, please"))
                .toList());
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"))) {
            loop.run(seeds, run);
        }
    }
}
