package dev.lion.teacher.chat;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.teacher.ChatCompletionsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DependableChatModelTest {
    @TempDir
    private Path temp;

    private static ChatModel client(ChatCompletionsServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .maxRetries(0)
                .build();
    }

    @Test
    void of_dependableModel_isThatModel() {
        DependableChatModel once = DependableChatModel.of(new ChatModel() {});

        assertThat(DependableChatModel.of(once)).isSameAs(once);
    }

    @Test
    void chat_mayHaveBeenCharged_isLeftToWhoKeepsTheBooks() throws IOException {
        var asked = new AtomicInteger();
        try (var server = ChatCompletionsServer.start(
                request -> asked.incrementAndGet() == 1 ? status(500, "{}") : completion("yes"))) {
            DependableChatModel model = DependableChatModel.of(client(server));

            assertThatThrownBy(() -> model.chat("Say yes")).isInstanceOf(InternalServerException.class);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void chat_mayHaveBeenChargedAndIsRepeated_isAskedAgain() throws IOException {
        var asked = new AtomicInteger();
        try (var server = ChatCompletionsServer.start(
                request -> asked.incrementAndGet() == 1 ? status(500, "{}") : completion("yes"))) {
            DependableChatModel model = DependableChatModel.builder(client(server))
                    .repeatWhatMayHaveBeenCharged()
                    .build();

            assertThat(model.chat("Say yes")).isEqualTo("yes");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void chat_keyRefused_costsOneCallHoweverManyAsk() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> status(401, "{}"))) {
            DependableChatModel model = DependableChatModel.of(client(server));
            List<Thread> threads = IntStream.range(0, 16)
                    .mapToObj(i -> new Thread(() -> assertThatThrownBy(() -> model.chat("Say yes"))
                            .isInstanceOf(AuthenticationException.class)))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void summary_keyRefused_countsOnlyTheCallThatWasSent() throws IOException {
        try (var server = ChatCompletionsServer.start(request -> status(401, "{}"))) {
            DependableChatModel model = DependableChatModel.of(client(server));
            for (int i = 0; i < 60; i++) {
                assertThatThrownBy(() -> model.chat("Say yes")).isInstanceOf(AuthenticationException.class);
            }

            assertThat(server.requests()).hasSize(1);
            assertThat(model.summary()).startsWith("1 call, 0 refused").endsWith(", 59 not sent");
        }
    }

    @Test
    void reset_keyIsAcceptedNow_sendsCallsAgain() throws IOException {
        var asked = new AtomicInteger();
        try (var server = ChatCompletionsServer.start(
                request -> asked.incrementAndGet() == 1 ? status(401, "{}") : completion("yes"))) {
            DependableChatModel model = DependableChatModel.of(client(server));
            assertThatThrownBy(() -> model.chat("Say yes")).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> model.chat("Say yes"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageStartingWith("not sent");

            model.reset();
            assertThat(model.chat("Say yes")).isEqualTo("yes");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void chat_cacheAndRecording_keepEachAndTheSummaryCounts() throws IOException {
        Path record = temp.resolve("calls.jsonl");
        try (var server = ChatCompletionsServer.start(request -> completion("yes"));
                DependableChatModel model = DependableChatModel.builder(client(server))
                        .cache(temp.resolve("cache.db"))
                        .record(record)
                        .build()) {
            model.chat("Say yes");
            model.chat("Say yes");

            assertThat(server.requests()).hasSize(1);
            assertThat(model.summary())
                    .startsWith("1 call, 0 refused as too many")
                    .endsWith("1 from the cache, 2 recorded");
        }
        assertThat(Files.readAllLines(record)).hasSize(2);
    }

    @Test
    void chat_endpointThatHangs_isLeftOutAfterItsDeadlines() throws IOException {
        var release = new CountDownLatch(1);
        try (var sound = ChatCompletionsServer.start(request -> completion("yes"));
                var hanging = ChatCompletionsServer.start(request -> awaited(release))) {
            DependableChatModel model = DependableChatModel.builder(
                            Map.of("sound", client(sound), "hanging", client(hanging)))
                    .callDeadline(Duration.ofSeconds(2))
                    .repeatWhatMayHaveBeenCharged()
                    .build();
            for (int i = 0; i < 20; i++) {
                assertThat(model.chat("Say yes")).isEqualTo("yes");
            }
            release.countDown();

            assertThat(sound.requests()).hasSize(20);
            assertThat(hanging.requests()).hasSizeBetween(3, 6); // three in a row, then a trial now and then
        }
    }

    private static ChatCompletionsServer.Reply awaited(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ChatCompletionsServer.disconnect();
    }

    @Test
    void build_recordingCannotBeOpened_closesTheCache() {
        Path cache = temp.resolve("cache.db");
        DependableChatModel.Builder builder = DependableChatModel.builder(new ChatModel() {})
                .cache(cache)
                .record(temp.resolve("no/such/folder/calls.jsonl"));

        assertThatThrownBy(builder::build).isInstanceOf(RecordingException.class);
        assertThat(temp.resolve("cache.db-wal")).doesNotExist(); // which a cache has while it is open
    }

    @Test
    void builder_noEndpoint_isRefused() {
        assertThatThrownBy(() -> DependableChatModel.builder(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be an endpoint");
    }
}
