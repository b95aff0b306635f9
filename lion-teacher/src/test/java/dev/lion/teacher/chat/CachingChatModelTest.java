package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.reply;
import static dev.lion.teacher.chat.CountingModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.TokenUsage;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.CachingChatModel.Statistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CachingChatModelTest {
    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("replies.db");
    }

    @Test
    void chat_sameRequestAgain_isAnsweredFromTheFileAtNoCost() {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            ChatResponse first = cache.chat(request("Say yes"));
            ChatResponse second = cache.chat(request("Say yes"));

            assertThat(first.tokenUsage().totalTokenCount()).isEqualTo(18);
            assertThat(second.aiMessage().text()).isEqualTo("reply 1");
            assertThat(second.id()).isEqualTo("id-1");
            assertThat(second.modelName()).isEqualTo("served");
            assertThat(second.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(second.tokenUsage()).isSameAs(FreeTokenUsage.INSTANCE);
            assertThat(second.tokenUsage().totalTokenCount()).isZero();
            assertThat(cache.statistics()).isEqualTo(new Statistics(1, 1, 1, 0, 0, 0));
        }
    }

    @Test
    void teacher_hit_reportsThatItIsFree() throws InterruptedException {
        try (var cache = CachingChatModel.open(CountingModel.numbering(), file)) {
            ChatModelTeacher teacher = ChatModelTeacher.of(cache);
            assertThat(teacher.answer(Instruction.of("Say yes")).usage()).isEqualTo(new TokenUsage(11, 7));
            assertThat(teacher.answer(Instruction.of("Say yes")).usage()).isEqualTo(TokenUsage.FREE);
        }
    }

    @Test
    void chat_hit_tellsTheListenersOfRealCallsOnly() {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Say yes"));
            cache.chat(request("Say yes"));
            cache.chat(request("Say no"));
        }
        assertThat(model.heard()).isEqualTo(2002);
    }

    @Test
    void open_again_stillKnowsTheReplies() {
        try (var cache = CachingChatModel.open(CountingModel.numbering(), file)) {
            cache.chat(request("Say \uD83D\uDE00 or ö"));
        }
        CountingModel later = CountingModel.numbering();
        try (var cache = CachingChatModel.open(later, file)) {
            assertThat(cache.chat(request("Say \uD83D\uDE00 or ö")).aiMessage().text())
                    .isEqualTo("reply 1");
        }
        assertThat(later.calls()).isZero();
    }

    @Test
    void chat_replyWithToolCallsAndOddText_comesBackAsItWas() {
        AiMessage message = AiMessage.builder()
                .text("half a pair \uD83D")
                .thinking("hm")
                .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                        .id("t1")
                        .name("add")
                        .arguments("{\"a\":1}")
                        .build()))
                .attributes(Map.of("signature", "s"))
                .build();
        var model =
                new CountingModel(r -> ChatResponse.builder().aiMessage(message).build());
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Add"));
            ChatResponse hit = cache.chat(request("Add"));
            assertThat(hit.aiMessage()).isEqualTo(message);
            assertThat(hit.finishReason()).isNull();
            assertThat(model.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FinishReason.class,
            names = {"LENGTH", "CONTENT_FILTER"})
    void chat_replyThatIsNotWhole_isAskedForAgain(FinishReason finish) {
        var model = new CountingModel(r -> reply("Once upon", finish));
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Tell"));
            assertThat(cache.chat(request("Tell")).finishReason()).isEqualTo(finish);
            assertThat(cache.statistics()).isEqualTo(new Statistics(0, 2, 0, 2, 0, 0));
        }
    }

    @Test
    void chat_refusalOfAnthropic_isAskedForAgain() {
        var model = new CountingModel(r -> reply("I would rather not", FinishReason.OTHER)).of(ModelProvider.ANTHROPIC);
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Tell"));
            cache.chat(request("Tell"));
            assertThat(cache.statistics()).isEqualTo(new Statistics(0, 2, 0, 2, 0, 0));
        }
    }

    @Test
    void chat_blankReply_isAskedForAgain() {
        var model = new CountingModel(r -> reply(" \n"));
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Tell"));
            cache.chat(request("Tell"));
        }
        assertThat(model.calls()).isEqualTo(2);
    }

    @Test
    void discard_knownReply_isReallyAskedAgain() {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Judge"));
            cache.discard(request("Judge"));
            assertThat(cache.chat(request("Judge")).aiMessage().text()).isEqualTo("reply 2");
            assertThat(cache.chat(request("Judge")).aiMessage().text()).isEqualTo("reply 2");
            assertThat(cache.statistics()).isEqualTo(new Statistics(1, 2, 2, 0, 1, 0));
        }
    }

    @Test
    void discard_outerDecorator_reachesTheCacheWithin() {
        CountingModel model = CountingModel.numbering();
        try (var inner = CachingChatModel.open(model, file);
                var outer = CachingChatModel.open(inner, temp.resolve("outer.db"))) {
            outer.chat(request("Judge"));
            outer.discard(request("Judge"));
            outer.chat(request("Judge"));
        }
        assertThat(model.calls()).isEqualTo(2);
    }

    @Test
    void chat_anythingThatMattersDiffers_isAnotherRequest() {
        CountingModel model = CountingModel.numbering();
        List<ChatRequest> different = List.of(
                request("Say yes"),
                request("Say yes "),
                ChatRequest.builder()
                        .messages(SystemMessage.from("Be short"), UserMessage.from("Say yes"))
                        .build(),
                ChatRequest.builder()
                        .messages(UserMessage.from("Say yes"))
                        .temperature(0.2)
                        .build(),
                ChatRequest.builder()
                        .messages(UserMessage.from("Say yes"))
                        .modelName("other")
                        .build(),
                ChatRequest.builder()
                        .messages(UserMessage.from("Say yes"))
                        .stopSequences(List.of("yes"))
                        .build());
        try (var cache = CachingChatModel.open(model, file);
                var scoped = CachingChatModel.builder(model).scope("second").open(file)) {
            different.forEach(cache::chat);
            scoped.chat(request("Say yes"));
        }
        assertThat(model.calls()).isEqualTo(7);
    }

    @Test
    void chat_parameterGivenOrDefault_isTheSameRequest() {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Say yes"));
            cache.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Say yes"))
                    .modelName("counting")
                    .build());
        }
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void chat_equalRequestsAtTheSameTime_areAskedOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        var model = new CountingModel(r -> {
            asked.countDown();
            await(answer);
            return reply("once");
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (var cache = CachingChatModel.open(model, file)) {
            List<Future<ChatResponse>> replies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                replies.add(threads.submit(() -> cache.chat(request("Say yes"))));
            }
            await(asked);
            answer.countDown();
            int paid = 0;
            for (Future<ChatResponse> reply : replies) {
                assertThat(reply.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("once");
                paid += reply.get().tokenUsage().totalTokenCount();
            }
            assertThat(paid).isEqualTo(18);
            assertThat(cache.statistics()).isEqualTo(new Statistics(7, 1, 1, 0, 0, 0));
        } finally {
            threads.shutdownNow();
        }
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void chat_leaderInterrupted_anotherOneAsks() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger number = new AtomicInteger();
        var model = new CountingModel(r -> {
            if (number.incrementAndGet() == 1) {
                asked.countDown();
                await(new CountDownLatch(1)); // until it is interrupted
            }
            return reply("second");
        });
        try (var cache = CachingChatModel.open(model, file)) {
            Thread leader = new Thread(() -> assertThatThrownBy(() -> cache.chat(request("Say yes"))));
            leader.start();
            await(asked);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<ChatResponse> follower = thread.submit(() -> cache.chat(request("Say yes")));
                leader.interrupt();
                assertThat(follower.get(30, TimeUnit.SECONDS).aiMessage().text())
                        .isEqualTo("second");
            } finally {
                thread.shutdownNow();
            }
            leader.join();
        }
    }

    @Test
    void chat_failure_isThrownAndAskedAgain() {
        AtomicInteger number = new AtomicInteger();
        var model = new CountingModel(r -> {
            if (number.incrementAndGet() == 1) {
                throw new InternalServerException("down");
            }
            return reply("up");
        });
        try (var cache = CachingChatModel.open(model, file)) {
            assertThatThrownBy(() -> cache.chat(request("Say yes"))).isInstanceOf(InternalServerException.class);
            assertThat(cache.chat(request("Say yes")).aiMessage().text()).isEqualTo("up");
        }
    }

    @Test
    void chat_fileCannotBeWritten_losesNoAnswer() throws SQLException {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            execute("CREATE TRIGGER full BEFORE INSERT ON replies"
                    + " BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
            assertThat(cache.chat(request("Say yes")).aiMessage().text()).isEqualTo("reply 1");
            assertThat(cache.chat(request("Say yes")).aiMessage().text()).isEqualTo("reply 2");
            assertThat(cache.statistics()).isEqualTo(new Statistics(0, 2, 0, 0, 0, 2));
        }
    }

    @Test
    void chat_fileCannotBeRead_losesNoAnswer() throws SQLException {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Say yes"));
            execute("DROP TABLE replies");
            assertThat(cache.chat(request("Say yes")).aiMessage().text()).isEqualTo("reply 2");
        }
    }

    @Test
    void chat_keptReplyIsNotAReply_isAskedForAgain() throws SQLException {
        CountingModel model = CountingModel.numbering();
        try (var cache = CachingChatModel.open(model, file)) {
            cache.chat(request("Say yes"));
            execute("UPDATE replies SET reply = '{}'");
            assertThat(cache.chat(request("Say yes")).aiMessage().text()).isEqualTo("reply 2");
        }
    }

    @Test
    void open_otherFile_isRefusedAndNotChanged() throws IOException {
        String text = "my notes, longer than the head of a database, which has a hundred bytes. ".repeat(20);
        Files.writeString(file, text);
        assertThatThrownBy(() -> CachingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(ReplayCacheException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a database");
        assertThat(file).hasContent(text);
    }

    @Test
    void open_databaseOfAnotherProgram_isRefusedAndNotChanged() throws Exception {
        execute("CREATE TABLE customers (name TEXT)");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> CachingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(ReplayCacheException.class)
                .hasMessageContaining("a SQLite database of another program");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void open_newerFormat_isRefused() throws SQLException {
        CachingChatModel.open(CountingModel.numbering(), file).close();
        execute("PRAGMA user_version = 2");
        assertThatThrownBy(() -> CachingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(ReplayCacheException.class)
                .hasMessageContaining("in format 2, and this lion knows format 1");
    }

    @Test
    void open_damagedFile_isRefusedAndNotChanged() throws IOException {
        try (var cache = CachingChatModel.open(CountingModel.numbering(), file)) {
            for (int i = 0; i < 200; i++) {
                cache.chat(request("question " + i));
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 5000; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        assertThatThrownBy(() -> CachingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(ReplayCacheException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("give another file, or remove this one");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void open_directory_isRefused() {
        assertThatThrownBy(() -> CachingChatModel.open(CountingModel.numbering(), temp))
                .isInstanceOf(ReplayCacheException.class)
                .hasMessageContaining("it is a directory");
    }

    @Test
    void chat_keysAndQuestions_areNotInTheFile() throws IOException {
        try (var cache = CachingChatModel.open(CountingModel.numbering(), file)) {
            cache.chat(ChatRequest.builder()
                    .messages(UserMessage.from("my key is sk-0123456789abcdef"))
                    .build());
        }
        try (Stream<Path> files = Files.list(temp)) {
            for (Path each : files.toList()) {
                assertThat(new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1))
                        .doesNotContain("sk-0123456789abcdef");
            }
        }
    }

    @Test
    void chat_threadsWithDifferentRequests_keepAll() throws Exception {
        CountingModel model =
                new CountingModel(r -> reply(((UserMessage) r.messages().get(0)).singleText()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (var cache = CachingChatModel.open(model, file)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String question = "question " + i % 100;
                calls.add(() -> cache.chat(request(question)).aiMessage().text().equals(question) ? "" : question);
            }
            for (Future<String> wrong : threads.invokeAll(calls)) {
                assertThat(wrong.get()).isEmpty();
            }
            Statistics statistics = cache.statistics();
            assertThat(statistics.hits() + statistics.misses()).isEqualTo(400);
            assertThat(statistics.misses()).isEqualTo(100);
        } finally {
            threads.shutdownNow();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited for 30 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
