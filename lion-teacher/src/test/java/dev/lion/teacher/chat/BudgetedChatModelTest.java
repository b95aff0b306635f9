package dev.lion.teacher.chat;

import static dev.lion.teacher.chat.CountingModel.reply;
import static dev.lion.teacher.chat.CountingModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.lion.cost.Budget;
import dev.lion.cost.Price;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetedChatModelTest {
    private static final Price DOLLAR_A_TOKEN = Price.perMillionTokens(1e6, 1e6);

    private static ChatRequest limited(int outputTokens) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Say yes"))
                .maxOutputTokens(outputTokens)
                .build();
    }

    @Test
    void chat_withinTheBudget_spendsWhatIsReported() {
        BudgetedChatModel model =
                BudgetedChatModel.of(CountingModel.numbering(), Budget.ofDollars(1000), DOLLAR_A_TOKEN);
        model.chat(limited(100));
        model.chat(limited(100));
        assertThat(model.spent().calls()).isEqualTo(2);
        assertThat(model.spent().money()).hasValue(Money.ofDollars(36));
        assertThat(model.committed()).isEqualTo(model.spent());
    }

    @Test
    void chat_noRoom_isRefusedBeforeItIsSentAndSaysWhatIsSpent() {
        CountingModel counting = CountingModel.numbering();
        BudgetedChatModel model = BudgetedChatModel.of(counting, Budget.ofCalls(2));
        model.chat(request("one"));
        model.chat(request("two"));
        assertThatThrownBy(() -> model.chat(request("three")))
                .isInstanceOf(BudgetReachedException.class)
                .isInstanceOf(NonRetriableException.class)
                .hasMessage("the budget is reached: 2 of 2 calls spent, and the next call may take one more")
                .satisfies(failure -> {
                    CallFailure known = CallFailure.of(failure);
                    assertThat(known.reason()).isEqualTo(CallFailure.Reason.QUOTA);
                    assertThat(known.isUnbilled()).isTrue();
                });
        assertThat(counting.calls()).isEqualTo(2);
    }

    @Test
    void chat_failures_countByWhetherTheyMayBeCharged() {
        AtomicInteger number = new AtomicInteger();
        var failing = new CountingModel(r -> {
            throw number.incrementAndGet() == 1 ? new RateLimitException("slow") : new InternalServerException("down");
        });
        BudgetedChatModel model = BudgetedChatModel.of(failing, Budget.ofTokens(100_000));
        assertThatThrownBy(() -> model.chat(limited(100))).isInstanceOf(RateLimitException.class);
        assertThat(model.spent().calls()).isEqualTo(1);
        assertThat(model.spent().tokens()).isEqualTo(TokenUsage.NONE);
        assertThatThrownBy(() -> model.chat(limited(100))).isInstanceOf(InternalServerException.class);
        assertThat(model.spent().tokens().outputTokens()).isEqualTo(100);
        assertThat(model.spent().tokens().inputTokens()).isBetween(50L, 300L);
    }

    @Test
    void chat_repliesWithoutUsage_countAsTheMost(@TempDir Path temp) {
        var silent = new CountingModel(
                r -> ChatResponse.builder().aiMessage(AiMessage.from("yes")).build());
        BudgetedChatModel model = BudgetedChatModel.of(silent, Budget.ofTokens(100_000));
        model.chat(limited(100));
        assertThat(model.spent().tokens().outputTokens()).isEqualTo(100);

        try (var cache = CachingChatModel.open(CountingModel.numbering(), temp.resolve("cache.db"))) {
            cache.chat(limited(100));
            BudgetedChatModel free = BudgetedChatModel.of(cache, Budget.ofTokens(100_000));
            free.chat(limited(100));
            assertThat(free.spent().tokens()).isEqualTo(TokenUsage.NONE);
        }
    }

    @Test
    void chat_mostIsNotKnown_isRefusedAndSaysWhatToDo() {
        BudgetedChatModel model = BudgetedChatModel.of(CountingModel.numbering(), Budget.ofTokens(100_000));
        ChatRequest image = ChatRequest.builder()
                .messages(UserMessage.from(TextContent.from("What is this?"), ImageContent.from("http://x/y.png")))
                .maxOutputTokens(10)
                .build();
        for (ChatRequest unknown : List.of(request("no limit"), image)) {
            assertThatThrownBy(() -> model.chat(unknown))
                    .isInstanceOf(BudgetReachedException.class)
                    .hasMessageContaining("modelOutputLimit(..)")
                    .hasMessageContaining("mostTokens(..)");
        }
        assertThat(model.spent().calls()).isZero();
    }

    @Test
    void chat_mostToldInAnyWay_isEnough() {
        Budget budget = Budget.ofTokens(100_000);
        var openAi = BudgetedChatModel.of(
                new CountingModel(
                        r -> reply("yes"),
                        OpenAiChatRequestParameters.builder()
                                .maxCompletionTokens(20)
                                .build()),
                budget);
        openAi.chat(request("limited by OpenAI's own parameter"));
        var ofModel = BudgetedChatModel.builder(CountingModel.numbering(), budget)
                .modelOutputLimit(30)
                .build();
        ofModel.chat(request("limited by the model"));
        var own = BudgetedChatModel.builder(CountingModel.numbering(), budget)
                .mostTokens(r -> new TokenUsage(50, 50))
                .build();
        own.chat(request("limited by a function"));
        assertThat(List.of(openAi, ofModel, own))
                .allSatisfy(model -> assertThat(model.spent().tokens().total()).isEqualTo(18));
    }

    @Test
    void chat_manyThreads_neverPassesTheLimitAndUsesIt() throws Exception {
        CountingModel counting = CountingModel.numbering();
        var model = BudgetedChatModel.builder(counting, Budget.ofTokens(2000))
                .mostTokens(r -> new TokenUsage(11, 200))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(() -> {
                    try {
                        model.chat(request("Say yes"));
                        return true;
                    } catch (BudgetReachedException e) {
                        return false;
                    }
                });
            }
            int made = 0;
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                made += call.get() ? 1 : 0;
            }
            assertThat(counting.calls()).isEqualTo(made);
        } finally {
            threads.shutdownNow();
        }
        // the last 211 tokens cannot be set aside, whatever is in flight
        assertThat(model.spent().tokens().total()).isBetween(2000L - 211 - 18, 2000L);
    }

    @Test
    void builder_whatItCannotKeep_isRefused() {
        CountingModel model = CountingModel.numbering();
        assertThatThrownBy(() -> BudgetedChatModel.of(model, Budget.ofDollars(1)))
                .hasMessageContaining("a limit on money needs the price");
        assertThatThrownBy(() -> BudgetedChatModel.of(model, Budget.ofTime(Duration.ofHours(1))))
                .hasMessageContaining("a limit on time is kept by a run alone");
        assertThatThrownBy(() ->
                        BudgetedChatModel.builder(model, Budget.ofCalls(1)).modelOutputLimit(0))
                .hasMessageContaining("modelOutputLimit must be 1 or more");
    }
}
