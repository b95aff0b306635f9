package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Money;
import dev.lion.data.PaidRole;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import dev.lion.run.Spending;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatModelRoles;
import dev.lion.teacher.harvest.HarvestedTeacher;
import dev.lion.teacher.harvest.InstructionHarvest;
import dev.lion.testing.CountingStudent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an application in production to a student of what its users ask: the whole way, over a server on loopback. */
class HarvestTest {
    private static final List<String> QUESTIONS = List.of(
            "How do I reset the blue router?",
            "Which invoice shows the March payment?",
            "Cancel my order of two lamps please",
            "How do I reset the blue router ?", // like the first one
            "What does error 42 on the printer mean?",
            "Send the contract to jane.doe@example.org");

    @TempDir
    private Path temp;

    // region production
    /** The application's own model, as it is in production, with a listener more. */
    static ChatModel supportDesk(String baseUrl, InstructionHarvest harvest) {
        return OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("strong")
                .listeners(List.of(harvest))
                .build();
    }
    // endregion

    // region harvest
    /** A run whose seeds are what users asked, and whose teacher knows what was answered already. */
    static LoopResult distil(ChatModel chatModel, Path harvest, Student student, Path directory) throws Exception {
        ChatModelRoles roles = ChatModelRoles.of(chatModel);
        try (var run = RunDirectory.open(directory)) {
            return AdversarialLoop.builder()
                    .teacher(HarvestedTeacher.of(roles.teacher(), harvest))
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .budget(Budget.ofDollars(1))
                    .prices(Prices.of(Price.perMillionTokens(1, 1)))
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(4)
                            .seed(42)
                            .build())
                    .build()
                    .run(InstructionPool.read(harvest), run);
        }
    }
    // endregion

    @Test
    void distil_fromHarvestedTraffic_asksTheTeacherForNewInstructionsOnly() throws Exception {
        Path file = temp.resolve("harvest.jsonl");
        answerUsers(file);

        var script = new ScriptedChatModel();
        List<String> asked = new CopyOnWriteArrayList<>();
        Path directory = temp.resolve("run");
        try (var server = ChatCompletionsServer.start(script::reply);
                var student = new CountingStudent()) {
            ChatModel teacher = OpenAiChatModel.builder()
                    .baseUrl(server.baseUrl())
                    .apiKey("test")
                    .modelName("strong")
                    .maxRetries(0)
                    .build();
            LoopResult result = distil(teacher, file, student, directory);
            assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
            asked.addAll(script.taught());
        }

        InstructionPool seeds = InstructionPool.read(file);
        assertThat(seeds.size()).isEqualTo(5);
        assertThat(asked).hasSize(4).noneMatch(text -> seeds.contains(Instruction.idOf(text, "")));
        try (var run = RunDirectory.read(directory)) {
            Spending spending = run.spending();
            assertThat(spending.total(PaidRole.TEACHER).calls()).isEqualTo(5 + 4);
            assertThat(spending.total(PaidRole.TEACHER).money()).hasValue(Money.ofDollars(4 * 18 / 1e6));
        }
    }

    private static void answerUsers(Path file) throws Exception {
        try (var server = ChatCompletionsServer.start(r -> ChatCompletionsServer.completion("Dear user, done."));
                var harvest = InstructionHarvest.open(file)) {
            ChatModel desk = supportDesk(server.baseUrl(), harvest);
            for (String question : QUESTIONS) {
                desk.chat(ChatRequest.builder()
                        .messages(SystemMessage.from("You are a support desk."), UserMessage.from(question))
                        .build());
            }
        }
        assertThat(file).content().contains("[e-mail address]").doesNotContain("jane.doe");
    }
}
