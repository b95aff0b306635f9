package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.reply;
import static dev.lion.teacher.chat.CountingModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import dev.lion.data.Instruction;
import dev.lion.data.JsonLinesWriter;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.RecordedCall.Failure;
import dev.lion.teacher.chat.RecordedCall.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("calls.jsonl");
    }

    private static List<RecordedCall> calls(Path file) {
        List<RecordedCall> calls = new ArrayList<>();
        Recording.of(file).forEach(calls::add);
        return calls;
    }

    @Test
    void chat_reply_isWrittenWithAllThatWasAskedAndSaid() throws IOException {
        ChatRequest request = ChatRequest.builder()
                .messages(SystemMessage.from("Be short"), UserMessage.from("Say ö\nand \uD83D"))
                .parameters(OpenAiChatRequestParameters.builder()
                        .temperature(0.2)
                        .seed(7)
                        .build())
                .build();
        CountingModel model = CountingModel.numbering();
        try (var recording =
                new RecordingChatModel(model, JsonLinesWriter.open(file), Clock.fixed(NOON, ZoneOffset.UTC))) {
            ChatResponse reply = recording.chat(request);
            assertThat(reply.tokenUsage().totalTokenCount()).isEqualTo(18);
            assertThat(recording.recorded()).isEqualTo(1);
        }
        assertThat(model.heard()).isEqualTo(1001);
        RecordedCall call = calls(file).get(0);
        assertThat(call.at()).isEqualTo(NOON);
        assertThat(call.took().isNegative()).isFalse();
        assertThat(call.request().provider()).isEqualTo("OTHER");
        assertThat(call.request().model()).isEqualTo("counting");
        assertThat(call.request().messages()).isEqualTo(request.messages());
        assertThat(call.request().parameters()).isEqualTo("{\"seed\":7,\"temperature\":0.2}");
        assertThat(((Reply) call.outcome()).response()).isEqualTo(reply("reply 1"));
    }

    @Test
    void chat_failure_isWrittenWithoutTheKeyAndThrown() {
        String words = "{\"error\": \"Incorrect API key provided: sk-proj-0123456789abcdef\"}";
        var failing = new CountingModel(r -> {
            throw new AuthenticationException(new HttpException(401, words));
        });
        try (var recording = RecordingChatModel.open(failing, file)) {
            assertThatThrownBy(() -> recording.chat(request("Say yes"))).isInstanceOf(AuthenticationException.class);
        }
        assertThat(file).content().doesNotContain("sk-proj-0123456789abcdef");
        Failure failure = (Failure) calls(file).get(0).outcome();
        assertThat(failure.reason()).isEqualTo(CallFailure.Reason.AUTHENTICATION);
        assertThat(failure.status()).isEqualTo(OptionalInt.of(401));
        assertThat(failure.message()).contains("Incorrect API key provided: [removed]");
    }

    @Test
    void chat_hitOfACacheWithin_isRecordedAtNoCost() {
        try (var cache = CachingChatModel.open(CountingModel.numbering(), temp.resolve("cache.db"));
                var recording = RecordingChatModel.open(cache, file)) {
            recording.chat(request("Say yes"));
            assertThat(recording.chat(request("Say yes")).tokenUsage()).isSameAs(FreeTokenUsage.INSTANCE);
        }
        assertThat(calls(file))
                .extracting(
                        call -> ((Reply) call.outcome()).response().tokenUsage().totalTokenCount())
                .containsExactly(18, 0);
    }

    @Test
    void open_lastLineCutOff_goesOnBehindTheOthers() throws IOException {
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            recording.chat(request("one"));
        }
        Files.writeString(file, "{\"time\":\"2026", StandardOpenOption.APPEND);
        assertThat(calls(file)).hasSize(1);
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            recording.chat(request("two"));
        }
        assertThat(calls(file)).hasSize(2);
    }

    @Test
    void open_firstLineCutOff_beginsAnew() throws IOException {
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            recording.chat(request("say ö"));
        }
        byte[] line = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 5, 9, line.length / 2, line.length - 2}) {
            Files.write(file, Arrays.copyOf(line, length));
            try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
                recording.chat(request("two"));
            }
            assertThat(calls(file)).as("%s bytes", length).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my only copy",
                "{\"capabilities\":[],\"v\":1}",
                "{\"instruction\":\"Say yes\"}\nand more",
                "SQLite format 3\0\n\0\0",
                "{\"v\":2}\n"
            })
    void open_fileThatIsNoRecording_isRefusedAndLeftAsItIs(String content) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> RecordingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(file + ", line 1: not a recorded call");
        assertThat(file).hasContent(content);
    }

    @Test
    void open_cacheOfReplies_isLeftAsItIs() throws IOException {
        CachingChatModel.open(CountingModel.numbering(), file).close();
        byte[] cache = Files.readAllBytes(file);
        assertThatThrownBy(() -> RecordingChatModel.open(CountingModel.numbering(), file))
                .isInstanceOf(RecordingException.class);
        assertThat(file).hasBinaryContent(cache);
    }

    @Test
    void forEach_damagedLine_isNamed() throws IOException {
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            recording.chat(request("one"));
        }
        for (String line : List.of("no json", "[]", "{}", "{\"v\":2}", "{\"v\":1}")) {
            Path damaged = Files.copy(file, temp.resolve("damaged" + line.length() + line.hashCode() + ".jsonl"));
            Files.writeString(damaged, line + "\n", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> calls(damaged))
                    .as(line)
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining(damaged + ", line 2: not a recorded call");
        }
    }

    @Test
    void open_fileThatCannotBeWritten_isRefused() {
        assertThatThrownBy(() -> RecordingChatModel.open(CountingModel.numbering(), temp.resolve("none/calls.jsonl")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("calls cannot be recorded to " + temp.resolve("none/calls.jsonl"));
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            assertThatThrownBy(() -> RecordingChatModel.open(CountingModel.numbering(), file))
                    .isInstanceOf(RecordingException.class)
                    .hasMessageContaining("is open for writing");
            recording.chat(request("one"));
        }
    }

    @Test
    void chat_afterClose_isHandedOnAndCounted() {
        var recording = RecordingChatModel.open(CountingModel.numbering(), file);
        recording.close();
        assertThat(recording.chat(request("one")).aiMessage().text()).isEqualTo("reply 1");
        assertThat(recording.lost()).isEqualTo(1);
    }

    @Test
    void chat_manyThreads_writesEveryCallOnce() throws Exception {
        var model = new CountingModel(r -> reply(((UserMessage) r.messages().get(0)).singleText()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (var recording = RecordingChatModel.open(model, file)) {
            List<Callable<ChatResponse>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                ChatRequest request = request("question " + i);
                calls.add(() -> recording.chat(request));
            }
            for (Future<ChatResponse> done : threads.invokeAll(calls)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(calls(file))
                .hasSize(500)
                .allMatch(call -> ((Reply) call.outcome())
                        .response()
                        .aiMessage()
                        .text()
                        .equals(((UserMessage) call.request().messages().get(0)).singleText()));
        assertThat(calls(file)).extracting(call -> call.request().messages()).doesNotHaveDuplicates();
    }

    @Test
    void replay_recordedRequest_isAnsweredAtNoCostAndInOrder() {
        var failingFirst = new CountingModel(r -> {
            if (r.messages().size() == 2) {
                throw new IllegalStateException("down");
            }
            return reply("to " + ((UserMessage) r.messages().get(0)).singleText(), FinishReason.LENGTH);
        });
        CountingModel numbering = CountingModel.numbering();
        try (var recording = RecordingChatModel.open(failingFirst, file)) {
            recording.chat(request("one"));
            assertThatThrownBy(() -> recording.chat(ChatRequest.builder()
                    .messages(SystemMessage.from("s"), UserMessage.from("fails"))
                    .build()));
        }
        try (var recording = RecordingChatModel.open(numbering, file)) {
            recording.chat(request("twice"));
            recording.chat(request("twice"));
        }
        RecordedChatModel replay = RecordedChatModel.of(file);
        assertThat(replay.size()).isEqualTo(2);
        ChatResponse reply = replay.chat(request("one"));
        assertThat(reply.aiMessage().text()).isEqualTo("to one");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(reply.tokenUsage()).isSameAs(FreeTokenUsage.INSTANCE);
        assertThat(List.of(replay.chat("twice"), replay.chat("twice"), replay.chat("twice")))
                .containsExactly("reply 1", "reply 2", "reply 2");
    }

    @Test
    void replay_rolesOverAServer_judgeAgainWithoutIt() throws Exception {
        var comparison = new Comparison(Instruction.of("What is 2 + 2?"), Response.of("4"), Response.of("5"));
        Verdict before;
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion(
                        "The first is right.\nScore of answer 1: 9\nScore of answer 2: 2"));
                var recording = RecordingChatModel.open(
                        OpenAiChatModel.builder()
                                .baseUrl(server.baseUrl())
                                .apiKey("test")
                                .modelName("m")
                                .maxRetries(0)
                                .build(),
                        file)) {
            before = ChatModelReferee.of(recording).judge(comparison);
        }
        Verdict again = ChatModelReferee.of(RecordedChatModel.of(file)).judge(comparison);
        assertThat(before).isEqualTo(new Verdict.Scored(9, 2, "The first is right.", new TokenUsage(11, 7)));
        assertThat(again).isEqualTo(new Verdict.Scored(9, 2, "The first is right.", TokenUsage.FREE));
    }

    @Test
    void replay_refusalOfAnthropic_isARefusalAgain() throws Exception {
        var refusing = new CountingModel(r -> reply("I would rather", FinishReason.OTHER)).of(ModelProvider.ANTHROPIC);
        Response before;
        try (var recording = RecordingChatModel.open(refusing, file)) {
            before = ChatModelTeacher.of(recording).answer(Instruction.of("Tell"));
        }
        RecordedChatModel replay = RecordedChatModel.of(file);
        assertThat(replay.provider()).isEqualTo(ModelProvider.ANTHROPIC);
        Response again = ChatModelTeacher.of(replay).answer(Instruction.of("Tell"));
        assertThat(before.finishReason()).isEqualTo(dev.lion.data.FinishReason.CONTENT_FILTER);
        assertThat(again.finishReason()).isEqualTo(before.finishReason());
    }

    @Test
    void replay_twoProviders_isRefused() {
        for (ModelProvider provider : List.of(ModelProvider.ANTHROPIC, ModelProvider.OPEN_AI)) {
            try (var recording =
                    RecordingChatModel.open(CountingModel.numbering().of(provider), file)) {
                recording.chat(request("one"));
            }
        }
        assertThatThrownBy(() -> RecordedChatModel.of(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file + " holds calls of two providers, ANTHROPIC and OPEN_AI");
    }

    @Test
    void replay_otherRequest_isRefusedForGood() {
        try (var recording = RecordingChatModel.open(CountingModel.numbering(), file)) {
            recording.chat(request("one"));
        }
        RecordedChatModel replay = RecordedChatModel.of(file);
        ChatRequest warmer = ChatRequest.builder()
                .messages(UserMessage.from("one"))
                .temperature(0.9)
                .build();
        assertThatThrownBy(() -> replay.chat(warmer)).isInstanceOf(NotRecordedException.class);
        assertThatThrownBy(() -> replay.chat(request("two")))
                .isInstanceOf(NotRecordedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("two")
                .satisfies(failure ->
                        assertThat(CallFailure.of(failure).isPassing()).isFalse())
                .satisfies(failure ->
                        assertThat(CallFailure.of(failure).isUnbilled()).isTrue());
    }
}
