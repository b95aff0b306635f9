package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Demonstration;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Money;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.role.Student;
import dev.lion.role.TrainingContext;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.ChatModelRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill is the server's: it counts every request as it answers, errors too, and never comes to more than the budget. */
class BudgetedRunTest {
    private static final Price PRICE = Price.perMillionTokens(2, 8);
    private static final InstructionPool SEEDS = InstructionPool.of(IntStream.range(0, 20)
            .mapToObj(i -> Instruction.of("Say the word w" + i + " loudly, please"))
            .toList());

    @TempDir
    private Path temp;

    /** Counts what it charges; some requests it turns down for nothing, some fail on the way back and are charged. */
    private static final class Biller {
        private final ScriptedChatModel script = new ScriptedChatModel();
        private final Random random = new Random(5);
        private TokenUsage charged = TokenUsage.NONE;

        synchronized Reply reply(JsonNode request) {
            int fate = random.nextInt(10);
            if (fate == 0) {
                return ChatCompletionsServer.status(429, "slow down");
            }
            int input = request.get("messages").toString().length() / 3;
            int output = 1 + random.nextInt(request.get("max_tokens").asInt());
            charged = charged.plus(new TokenUsage(input, output));
            return fate == 1 ? ChatCompletionsServer.status(500, "lost") : script.reply(request, input, output);
        }

        synchronized Money bill() {
            return PRICE.of(charged);
        }
    }

    private static final class Parrot implements Student {
        @Override
        public List<Response> answer(List<Instruction> batch) {
            return batch.stream()
                    .map(instruction -> Response.of(instruction.text()))
                    .toList();
        }

        @Override
        public ImitationSummary imitate(List<Demonstration> demonstrations, TrainingContext context) {
            return ImitationSummary.ofAll(demonstrations.size(), 0, List.of());
        }

        @Override
        public void save(Path directory) {}

        @Override
        public void restore(Path directory) {}

        @Override
        public void close() {}
    }

    @Test
    void run_serverCountsTokensItself_itsBillNeverPassesTheBudget() throws Exception {
        Biller biller = new Biller();
        List<LoopResult.Status> statuses = new ArrayList<>();
        try (var server = ChatCompletionsServer.start(biller::reply)) {
            for (double dollars = 0.05; dollars < 10; dollars *= 1.7) {
                LoopResult result = run(server, Budget.ofDollars(dollars));
                statuses.add(result.status());
                Money noted = RunDirectory.read(temp.resolve("run"))
                        .spending()
                        .total()
                        .knownMoney();
                assertThat(biller.bill()).isLessThanOrEqualTo(noted);
                assertThat(noted).isLessThanOrEqualTo(Money.ofDollars(dollars));
            }
        }
        assertThat(statuses).startsWith(LoopResult.Status.BUDGET_EXHAUSTED).endsWith(LoopResult.Status.COMPLETED);
    }

    private LoopResult run(ChatCompletionsServer server, Budget budget) {
        ChatModelRoles roles = ChatModelRoles.of(OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("scripted")
                .maxRetries(0)
                .build());
        try (var student = new Parrot();
                var run = RunDirectory.open(temp.resolve("run"))) {
            return AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .budget(budget)
                    .prices(Prices.of(PRICE))
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(6)
                            .maxAttempts(8)
                            .firstBackoff(Duration.ZERO)
                            .build())
                    .build()
                    .run(SEEDS, run);
        }
    }
}
