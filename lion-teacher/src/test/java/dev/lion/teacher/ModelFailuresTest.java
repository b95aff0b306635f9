package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.disconnect;
import static dev.lion.teacher.ChatCompletionsServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.StoppedException;
import dev.lion.role.Unbilled;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFailuresTest {
    private static final Instruction INSTRUCTION = Instruction.of("Name three rivers.");

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 529})
    void answer_passingStatus_isRetryable(int status) throws Exception {
        Throwable failure = failureOf(status(status, "{\"error\":{\"message\":\"slow\n down\"}}"));

        assertThat(failure)
                .isInstanceOf(RetryableRoleException.class)
                .hasMessageStartingWith("the teacher's model call failed with HTTP " + status + ", which may pass: ")
                .hasMessageContaining("slow down")
                .hasCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void answer_connectionClosed_isRetryable() throws Exception {
        assertThat(failureOf(disconnect()))
                .isInstanceOf(RetryableRoleException.class)
                .hasMessageContaining("the teacher's model call failed, which may pass");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[]}",
                "{}",
                "{\"choices\":[{\"mess",
                "<html>Bad gateway</html>",
            })
    void answer_unusableReply_isRetryable(String body) throws Exception {
        assertThat(failureOf(status(200, body))).isInstanceOf(RetryableRoleException.class);
    }

    @Test
    void answer_noReplyInTime_isRetryable() throws Exception {
        var release = new CountDownLatch(1);
        try (var server = ChatCompletionsServer.start(request -> awaited(release))) {
            var model = ChatModelFixture.builder(server)
                    .timeout(Duration.ofMillis(50))
                    .build();
            Throwable failure = catchThrowable(() -> ChatModelTeacher.of(model).answer(INSTRUCTION));
            release.countDown();

            assertThat(failure).isInstanceOf(RetryableRoleException.class);
        }
    }

    @Test
    void answer_nobodyListens_isRetryable() throws Exception {
        var server = ChatCompletionsServer.start(request -> completion("x"));
        ChatModel model = ChatModelFixture.model(server);
        server.close();

        assertThat(catchThrowable(() -> ChatModelTeacher.of(model).answer(INSTRUCTION)))
                .isInstanceOf(RetryableRoleException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST, Sampling.modelDefault()",
        "422, INVALID_REQUEST, modelDefaultOutputLimit()",
        "402, QUOTA, billing",
        "404, MODEL_NOT_FOUND, base URL",
    })
    void answer_lastingStatus_isFinalAndSaysWhatToCheck(int status, Reason reason, String advice) throws Exception {
        Throwable failure = failureOf(status(status, "{\"error\":{\"message\":\"it was this\"}}"));

        assertThat(failure)
                .satisfies(e -> assertReason(e, reason))
                .hasMessageStartingWith("the teacher's model call failed with HTTP " + status)
                .hasMessageContaining(advice)
                .hasMessageContaining("it was this");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void answer_keyRefused_isFinalAndNeverShowsTheKey(int status) throws Exception {
        Throwable failure = failureOf(
                status(status, "{\"error\":{\"message\":\"Incorrect API key: " + ChatModelFixture.KEY + "\"}}"));

        assertThat(failure)
                .satisfies(e -> assertReason(e, Reason.AUTHENTICATION))
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining("check the key");
        assertThat(stackTrace(failure)).doesNotContain(ChatModelFixture.KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "500, Internal error while using key sk-proj-4f9AbC77xyz1234",
        "503, header Authorization: Bearer abc123def456ghi",
        "400, 'bad \"api_key\":\"k9a8b7c6d5e4\" given'",
        "404, no model for 0123456789abcdef0123456789abcdef",
    })
    void answer_providerQuotesWhatLooksLikeAKey_theMessageLeavesItOut(int status, String words) throws Exception {
        Throwable failure = failureOf(status(status, words));

        assertThat(failure)
                .hasMessageContaining("[removed]")
                .message()
                .doesNotContain("4f9AbC77xyz", "abc123def456", "k9a8b7c6d5e4", "0123456789abcdef");
    }

    @Test
    void answer_providerNamesModelAndLimit_theMessageKeepsThem() throws Exception {
        String words = "model meta-llama/Llama-3.1-70B-Instruct takes at most 4096 tokens, not 128000";

        assertThat(failureOf(status(400, words))).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({
        "429, true",
        "408, false",
        "500, false",
        "503, false",
        "400, true",
        "401, true",
        "402, true",
        "404, true"
    })
    void answer_refusedByStatus_knowsWhetherTheAttemptIsCharged(int status, boolean unbilled) throws Exception {
        assertThat(failureOf(status(status, "no")))
                .isInstanceOfSatisfying(
                        Unbilled.class, e -> assertThat(e.isUnbilled()).isEqualTo(unbilled));
    }

    @Test
    void answer_connectionRefusedOrLost_isOnlyKnownUnchargedWhenRefused() throws Exception {
        Throwable refused = catchThrowable(() -> throwing(new UncheckedIOException(new ConnectException("refused")))
                .answer(INSTRUCTION));

        assertThat(((Unbilled) refused).isUnbilled()).isTrue();
        assertThat(((Unbilled) failureOf(disconnect())).isUnbilled()).isFalse();
    }

    @Test
    void answer_creditSpent_isFinalDespiteItsStatus() throws Exception {
        Throwable failure =
                failureOf(status(429, "{\"error\":{\"message\":\"quota\",\"code\":\"insufficient_quota\"}}"));

        assertThat(failure).satisfies(e -> assertReason(e, Reason.QUOTA));
    }

    @Test
    void answer_interrupted_keepsTheFlagAndThrowsInterrupted() throws Exception {
        var release = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        try (var server = ChatCompletionsServer.start(request -> {
            asked.countDown();
            return awaited(release);
        })) {
            var teacher = ChatModelTeacher.of(ChatModelFixture.model(server));
            var task = new FutureTask<>(() -> {
                Throwable thrown = catchThrowable(() -> teacher.answer(INSTRUCTION));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return thrown;
            });
            var thread = new Thread(task);
            thread.start();
            asked.await();
            thread.interrupt();
            Throwable thrown = task.get();
            release.countDown();

            assertThat(thrown)
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("the teacher's model call was interrupted");
        }
    }

    @Test
    void answer_failuresWithoutStatus_areToldApartByType() {
        assertReasonOf(new UnsupportedFeatureException("topK"), Reason.UNSUPPORTED);
        assertReasonOf(new IllegalStateException("odd"), Reason.UNEXPECTED);
        assertThat(catchThrowable(() -> throwing(new UncheckedIOException(new ConnectException("refused")))
                        .answer(INSTRUCTION)))
                .isInstanceOf(RetryableRoleException.class);
    }

    @Test
    void answer_serverIsUnreachable_mayPassAtFirstAndIsForEveryCallAfterSeveralAttempts() {
        var once = new UnresolvedModelServerException("no such host");
        assertThat(catchThrowable(() -> throwing(once).answer(INSTRUCTION)))
                .isInstanceOf(RetryableRoleException.class)
                .hasMessageContaining("no server can be reached", "check that it runs");

        var repeated = new UnresolvedModelServerException("gave up after 2 attempts");
        repeated.addSuppressed(once);
        assertReasonOf(repeated, Reason.UNREACHABLE);
    }

    @Test
    void answer_lionsOwnException_passesThroughAsItIs() {
        var stopped = new StoppedException("the budget is spent");

        assertThatThrownBy(() -> throwing(stopped).answer(INSTRUCTION)).isSameAs(stopped);
        assertThatThrownBy(() -> throwing(new IllegalStateException(stopped)).answer(INSTRUCTION))
                .isSameAs(stopped);
    }

    @Test
    void answer_filteredByHttpError_isAWithheldResponse() throws Exception {
        var filtered = new ContentFilteredException("content_filter");

        assertThat(throwing(filtered).answer(INSTRUCTION).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    private static Throwable failureOf(Reply reply) throws Exception {
        try (var server = ChatCompletionsServer.start(request -> reply)) {
            var teacher = ChatModelTeacher.of(ChatModelFixture.model(server));
            Throwable failure = catchThrowable(() -> teacher.answer(INSTRUCTION));
            assertThat(server.requests()).as("requests sent, none repeated").hasSize(1);
            return failure;
        }
    }

    private static void assertReason(Throwable failure, Reason expected) {
        if (expected.isForEveryCall()) {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            UnusableModelException.class,
                            e -> assertThat(e.reason()).isEqualTo(expected));
        } else {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            ChatModelException.class,
                            e -> assertThat(e.reason()).isEqualTo(expected));
        }
    }

    private static void assertReasonOf(RuntimeException failure, Reason expected) {
        Throwable thrown = catchThrowable(() -> throwing(failure).answer(INSTRUCTION));
        assertThat(thrown).hasCause(failure);
        assertReason(thrown, expected);
    }

    private static ChatModelTeacher throwing(RuntimeException failure) {
        return ChatModelTeacher.of(new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                throw failure;
            }
        });
    }

    private static Reply awaited(CountDownLatch release) {
        try {
            release.await();
            return completion("late");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return disconnect();
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
