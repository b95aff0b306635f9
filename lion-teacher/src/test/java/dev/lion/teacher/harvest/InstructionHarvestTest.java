package dev.lion.teacher.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstructionHarvestTest {
    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void name() {
        file = temp.resolve("harvest.jsonl");
    }

    private static ChatRequest request(ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).modelName("gpt").build();
    }

    private static ChatResponse answer(AiMessage message, FinishReason finish) {
        return ChatResponse.builder()
                .aiMessage(message)
                .modelName("gpt-2026-11")
                .finishReason(finish)
                .tokenUsage(new TokenUsage(20, 10))
                .build();
    }

    private static void show(InstructionHarvest harvest, ChatRequest request, ChatResponse response) {
        harvest.onResponse(new ChatModelResponseContext(response, request, ModelProvider.OPEN_AI, Map.of()));
    }

    private static void show(InstructionHarvest harvest, String question, String answer) {
        show(harvest, request(UserMessage.from(question)), answer(AiMessage.from(answer), FinishReason.STOP));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void onResponse_userQuestion_isASeedWithItsAnswerBeside() throws IOException {
        InstructionHarvest harvest = InstructionHarvest.open(file);
        show(
                harvest,
                request(SystemMessage.from("You are a support desk."), UserMessage.from(" How do I reset it? \n")),
                answer(AiMessage.from("Hold the button. "), FinishReason.STOP));
        harvest.close();

        assertThat(InstructionPool.read(file)).containsExactly(Instruction.of("How do I reset it?"));
        assertThat(lines())
                .singleElement()
                .hasToString("{\"instruction\":\"How do I reset it?\",\"system\":\"You are a support desk.\","
                        + "\"answer\":\"Hold the button.\",\"inputTokens\":20,\"outputTokens\":10,\"model\":\"gpt\"}");
        assertThat(harvest.counts()).isEqualTo(new HarvestCounts(1, 0, 0, 0, 0, 0, 0, 1, 1));
    }

    @Test
    void onResponse_whatIsNoQuestionOfItsOwn_isLeftOut() {
        InstructionHarvest harvest = InstructionHarvest.open(file);
        ChatResponse fine = answer(AiMessage.from("Yes"), FinishReason.STOP);
        show(
                harvest,
                request(UserMessage.from("What is lion?"), AiMessage.from("A library"), UserMessage.from("And why?")),
                fine);
        show(harvest, request(UserMessage.from("One"), UserMessage.from("Two")), fine);
        show(
                harvest,
                request(UserMessage.from(TextContent.from("What is this?"), ImageContent.from("http://x/y.png"))),
                fine);
        show(harvest, request(SystemMessage.from("Only a system prompt")), fine);
        harvest.close();

        assertThat(harvest.counts()).isEqualTo(new HarvestCounts(4, 0, 0, 4, 0, 0, 0, 0, 0));
        assertThat(file).isEmptyFile();
    }

    @Test
    void onResponse_answerNotFitToLearnFrom_keepsTheInstructionAlone() throws IOException {
        AiMessage tools = AiMessage.from(
                "Let me look",
                List.of(ToolExecutionRequest.builder()
                        .name("search")
                        .arguments("{}")
                        .build()));
        InstructionHarvest harvest = InstructionHarvest.open(file);
        show(
                harvest,
                request(UserMessage.from("Tell a story of a fox")),
                answer(AiMessage.from("Once"), FinishReason.LENGTH));
        show(harvest, request(UserMessage.from("Which films run tonight")), answer(tools, FinishReason.TOOL_EXECUTION));
        show(harvest, request(UserMessage.from("Say nothing at all")), answer(AiMessage.from(" "), FinishReason.STOP));
        show(
                harvest,
                ChatRequest.builder()
                        .messages(UserMessage.from("List three rivers"))
                        .responseFormat(ResponseFormat.JSON)
                        .build(),
                answer(AiMessage.from("{}"), FinishReason.STOP));
        harvest.close();

        assertThat(lines()).hasSize(4).noneMatch(line -> line.has("answer"));
        assertThat(harvest.counts().answered()).isZero();
    }

    @Test
    void onResponse_nearDuplicates_areKeptOnceAcrossRestarts() throws IOException {
        try (var harvest = InstructionHarvest.open(file)) {
            show(harvest, "Write a poem about the sea in spring", "Blue");
            show(harvest, "Write a poem about the sea in spring!", "Green");
        }
        Files.writeString(file, "{\"instruction\":\"cut o", StandardOpenOption.APPEND);
        InstructionHarvest later = InstructionHarvest.open(file);
        show(later, "Write a poem about the sea in summer", "Warm");
        show(later, "写一首关于大海的诗", "蓝");
        show(later, "写一首关于大海的诗吧", "绿");
        later.close();

        assertThat(lines())
                .extracting(line -> line.path("instruction").asText())
                .containsExactly("Write a poem about the sea in spring", "写一首关于大海的诗");
        assertThat(later.counts().known()).isEqualTo(2);
    }

    @Test
    void onResponse_personalData_isMaskedInInstructionAndAnswer() throws IOException {
        try (var harvest = InstructionHarvest.open(file)) {
            show(harvest, "Write to jane@example.org about the invoice", "Dear jane@example.org, about the invoice");
        }
        assertThat(lines().get(0).path("instruction").asText())
                .isEqualTo("Write to [e-mail address] about the invoice");
        assertThat(lines().get(0).path("answer").asText()).isEqualTo("Dear [e-mail address], about the invoice");
    }

    @Test
    void redaction_ownFunction_mayWithholdAndFail() throws IOException {
        var harvest = InstructionHarvest.builder(file)
                .redaction(text -> {
                    if (text.contains("crash")) {
                        throw new IllegalStateException("crash");
                    }
                    return text.contains("secret") ? Optional.empty() : Optional.of(text.replace("Ann", "[name]"));
                })
                .open();
        show(harvest, "Tell me a secret of yours", "No");
        show(harvest, "Does this crash the harvest", "No");
        show(harvest, "Who is Ann to you", "That is secret");
        harvest.close();

        assertThat(lines()).singleElement().hasToString("{\"instruction\":\"Who is [name] to you\",\"model\":\"gpt\"}");
        assertThat(harvest.counts().withheld()).isEqualTo(2);
    }

    @Test
    void withoutRedaction_personalData_stays() throws IOException {
        try (var harvest = InstructionHarvest.builder(file).withoutRedaction().open()) {
            show(harvest, "Write to jane@example.org", "Done");
        }
        assertThat(lines().get(0).path("instruction").asText()).contains("jane@example.org");
    }

    @Test
    void share_sameSeed_takesTheSameRepliesAndAboutSoMany() throws IOException {
        List<String> first = sampled(7, temp.resolve("a.jsonl"));
        assertThat(sampled(7, temp.resolve("b.jsonl"))).isEqualTo(first);
        assertThat(sampled(8, temp.resolve("c.jsonl"))).isNotEqualTo(first);
        assertThat(first).hasSizeBetween(60, 140);
    }

    private static List<String> sampled(long seed, Path path) throws IOException {
        try (var harvest =
                InstructionHarvest.builder(path).share(0.25).seed(seed).open()) {
            IntStream.range(0, 400).forEach(i -> show(harvest, "a" + i + " b" + i * 7 + " c" + i * 13, "yes"));
        }
        return Files.readAllLines(path);
    }

    @Test
    void limits_reached_nothingMoreIsWritten() throws IOException {
        var few = InstructionHarvest.builder(file).maxInstructions(2).open();
        IntStream.range(0, 5).forEach(i -> show(few, "question" + i, "yes"));
        few.close();
        assertThat(lines()).hasSize(2);
        assertThat(few.counts().beyond()).isEqualTo(3);

        var full = InstructionHarvest.builder(file).maxInstructions(2).open();
        show(full, "another one", "yes");
        full.close();
        assertThat(full.counts().beyond()).isEqualTo(1);

        Path small = temp.resolve("small.jsonl");
        var bytes = InstructionHarvest.builder(small).maxBytes(200).open();
        IntStream.range(0, 5).forEach(i -> show(bytes, "question" + i, "yes"));
        bytes.close();
        assertThat(Files.size(small)).isLessThanOrEqualTo(200).isGreaterThan(50);
    }

    @Test
    void onResponse_harvestIsSlow_dropsAndNeverWaits() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        var harvest = InstructionHarvest.builder(file)
                .queue(5)
                .redaction(text -> {
                    busy.countDown();
                    await(released);
                    return Optional.of(text);
                })
                .open();
        show(harvest, "question first", "yes");
        await(busy);
        IntStream.range(0, 20).forEach(i -> show(harvest, "question" + i, "yes")); // returns though nothing moves on
        assertThat(harvest.counts().dropped()).isEqualTo(15);
        released.countDown();
        harvest.close();
        assertThat(lines()).hasSize(6);
    }

    @Test
    void onResponse_manyThreads_countsEveryReplyOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        var harvest = InstructionHarvest.builder(file).queue(10_000).open();
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int number = i;
                done.add(threads.submit(() -> show(harvest, "q" + number % 50 + " r" + number % 50, "yes")));
            }
            for (Future<?> each : done) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
            harvest.close();
        }
        assertThat(harvest.counts()).isEqualTo(new HarvestCounts(400, 0, 0, 0, 0, 350, 0, 50, 50));
        assertThat(lines()).hasSize(50);
    }

    @Test
    void onResponse_afterClose_isCountedOnly() {
        var harvest = InstructionHarvest.open(file);
        harvest.close();
        assertThatCode(() -> show(harvest, "too late", "yes")).doesNotThrowAnyException();
        assertThat(harvest.counts().beyond()).isEqualTo(1);
    }

    @Test
    void open_somethingElse_isRefusedAndNotChanged() throws IOException {
        Files.writeString(file, "my notes\nand more");
        assertThatThrownBy(() -> InstructionHarvest.open(file))
                .isInstanceOf(HarvestException.class)
                .hasMessageContaining(file + ", line 1: not a harvested instruction");
        assertThat(file).hasContent("my notes\nand more");

        Path missing = temp.resolve("none/harvest.jsonl");
        assertThatThrownBy(() -> InstructionHarvest.open(missing))
                .isInstanceOf(HarvestException.class)
                .hasMessageContaining("cannot be harvested to " + missing);
        assertThatThrownBy(() -> InstructionHarvest.builder(file).share(0))
                .hasMessageContaining("share must be above 0");
        assertThatThrownBy(() -> InstructionHarvest.builder(file).queue(0)).hasMessageContaining("queue must be 1");
        assertThatThrownBy(() -> InstructionHarvest.builder(file).maxBytes(0)).hasMessageContaining("1 or more");
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
