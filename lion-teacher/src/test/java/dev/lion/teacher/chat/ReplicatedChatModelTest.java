package dev.lion.teacher.chat;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.status;
import static dev.lion.teacher.chat.CountingModel.reply;
import static dev.lion.teacher.chat.CountingModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lion.teacher.ChatCompletionsServer;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplicatedChatModelTest {
    private final AtomicLong nanos = new AtomicLong();

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private ReplicatedChatModel of(ChatModel... models) {
        ReplicatedChatModel.Builder builder = ReplicatedChatModel.builder().nanos(nanos::get);
        for (int i = 0; i < models.length; i++) {
            builder.replica("r" + i, models[i]);
        }
        return builder.build();
    }

    private static CountingModel failing(RuntimeException failure) {
        return new CountingModel(r -> {
            throw failure;
        });
    }

    private static RuntimeException refusedConnection() {
        return new RuntimeException(new ConnectException("refused"));
    }

    private static ChatModel client(ChatCompletionsServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("m")
                .timeout(Duration.ofSeconds(10))
                .maxRetries(0)
                .build();
    }

    @Test
    void chat_oneAfterAnother_takesTurns() {
        CountingModel one = CountingModel.numbering();
        CountingModel other = CountingModel.numbering();
        ReplicatedChatModel model = of(one, other);
        for (int i = 0; i < 10; i++) {
            model.chat(request("Say yes"));
        }
        assertThat(List.of(one.calls(), other.calls())).containsExactly(5, 5);
        assertThat(one.heard() + other.heard()).isEqualTo(10_010);
    }

    @Test
    void chat_oneIsBusy_takesTheOther() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        var slow = new CountingModel(r -> {
            busy.countDown();
            await(done);
            return reply("late");
        });
        CountingModel quick = CountingModel.numbering();
        ReplicatedChatModel model = of(slow, quick);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> late = thread.submit(() -> model.chat("first"));
            await(busy);
            for (int i = 0; i < 5; i++) {
                model.chat(request("Say yes"));
            }
            done.countDown();
            assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("late");
        } finally {
            thread.shutdownNow();
        }
        assertThat(slow.calls()).isEqualTo(1);
        assertThat(quick.calls()).isEqualTo(5);
    }

    @Test
    void chat_nobodyListens_movesAtOnceAndLeavesItAloneForGrowingPauses() {
        CountingModel dead = failing(refusedConnection());
        CountingModel alive = CountingModel.numbering();
        ReplicatedChatModel model = of(dead, alive);
        for (int i = 0; i < 5; i++) {
            assertThat(model.chat("Say yes")).startsWith("reply");
        }
        assertThat(dead.calls()).isEqualTo(1);
        for (int pause : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            int before = dead.calls();
            pass(Duration.ofSeconds(pause).minusNanos(1));
            model.chat("Say yes");
            assertThat(dead.calls()).as("before %d s", pause).isEqualTo(before);
            pass(Duration.ofNanos(1));
            model.chat("Say yes");
            model.chat("Say yes");
            assertThat(dead.calls()).as("after %d s", pause).isEqualTo(before + 1);
        }
    }

    @Test
    void chat_failuresThatMayBeCharged_areThrownAndCountInARow() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        var shaky = new CountingModel(r -> {
            if (failure.get() != null) {
                throw failure.get();
            }
            return reply("yes");
        });
        CountingModel alive = CountingModel.numbering();
        ReplicatedChatModel model = of(shaky, alive);
        var down = new InternalServerException(new HttpException(503, "down"));
        for (int row : List.of(2, 3)) {
            for (int i = 0; i < row; i++) {
                failure.set(down);
                assertThatThrownBy(() -> model.chat("Say yes")).isSameAs(down); // it is r0's turn
                failure.set(null);
                model.chat("Say yes"); // r1's
            }
            model.chat("Say yes"); // r0's after two failures, r1's after three
            if (row == 2) {
                model.chat("Say yes");
            }
        }
        assertThat(shaky.calls()).isEqualTo(2 + 1 + 3);
        pass(Duration.ofSeconds(1));
        model.chat("Say yes"); // the trial succeeds
        assertThat(shaky.calls()).isEqualTo(7);
        model.chat("Say yes");
        model.chat("Say yes");
        assertThat(shaky.calls()).isEqualTo(8);
    }

    @Test
    void chat_trialUnderWay_isTheOnlyOne() throws Exception {
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AtomicLong calls = new AtomicLong();
        var returning = new CountingModel(r -> {
            if (calls.incrementAndGet() == 1) {
                throw refusedConnection();
            }
            trying.countDown();
            await(answer);
            return reply("back");
        });
        CountingModel alive = CountingModel.numbering();
        ReplicatedChatModel model = of(returning, alive);
        model.chat("Say yes");
        pass(Duration.ofHours(1));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<String> trial = thread.submit(() -> model.chat("trial"));
            await(trying);
            for (int i = 0; i < 4; i++) {
                assertThat(model.chat("Say yes")).startsWith("reply");
            }
            answer.countDown();
            assertThat(trial.get(30, TimeUnit.SECONDS)).isEqualTo("back");
        } finally {
            thread.shutdownNow();
        }
        assertThat(returning.calls()).isEqualTo(2);
    }

    @Test
    void chat_tooManyRequests_movesAndStaysInService() {
        CountingModel limited = failing(new RateLimitException(new HttpException(429, "slow down")));
        CountingModel alive = CountingModel.numbering();
        ReplicatedChatModel model = of(limited, alive);
        for (int i = 0; i < 6; i++) {
            assertThat(model.chat("Say yes")).startsWith("reply");
        }
        assertThat(limited.calls()).isBetween(3, 6);
        assertThat(alive.calls()).isEqualTo(6);
    }

    @Test
    void chat_requestAtFault_isNotMoved() {
        CountingModel strict = failing(new InvalidRequestException("no such parameter"));
        CountingModel other = CountingModel.numbering();
        assertThatThrownBy(() -> of(strict, other).chat("Say yes")).isInstanceOf(InvalidRequestException.class);
        assertThat(other.calls()).isZero();
    }

    @Test
    void chat_allDead_namesAllAndIsKnownToPassUncharged() {
        ReplicatedChatModel model = of(failing(refusedConnection()), failing(refusedConnection()));
        for (int i = 0; i < 2; i++) { // the second time nobody is asked
            assertThatThrownBy(() -> model.chat("Say yes"))
                    .isInstanceOf(NoReplicaException.class)
                    .hasMessageContaining("r0: ")
                    .hasMessageContaining("r1: ")
                    .hasMessageContaining("refused; tried again in 1000 ms")
                    .satisfies(failure -> {
                        CallFailure known = CallFailure.of(failure);
                        assertThat(known.reason()).isEqualTo(Reason.UNREACHABLE);
                        assertThat(known.isUnbilled()).isTrue();
                    });
        }
    }

    @Test
    void chat_wrongKeyEverywhere_doesNotPass() {
        var wrongKey = new HttpException(401, "wrong key sk-0123456789abcdef");
        assertThatThrownBy(() -> of(failing(wrongKey), failing(wrongKey)).chat("Say yes"))
                .isInstanceOf(NoReplicaException.class)
                .hasMessageContaining("r1: wrong [removed]")
                .satisfies(
                        failure -> assertThat(CallFailure.of(failure).reason()).isEqualTo(Reason.AUTHENTICATION));
    }

    @Test
    void chat_wrongKeyEverywhereAndNoneIsTried_doesNotPass() {
        var wrongKey = new HttpException(401, "wrong key");
        ReplicatedChatModel model = of(failing(wrongKey), failing(wrongKey));
        for (int i = 0; i < 2; i++) { // the second time nobody is asked
            assertThatThrownBy(() -> model.chat("Say yes"))
                    .isInstanceOf(NoReplicaException.class)
                    .hasCause(wrongKey);
        }
    }

    @Test
    void chat_wrongKeyTriedWhileTheGoodOneIsLeftAlone_passes() {
        var wrongKey = failing(new HttpException(401, "wrong key"));
        AtomicBoolean up = new AtomicBoolean(true);
        var good = new CountingModel(r -> {
            if (!up.get()) {
                throw refusedConnection();
            }
            return reply("yes");
        });
        ReplicatedChatModel model = of(wrongKey, good);
        assertThat(model.chat("Say yes")).isEqualTo("yes");
        up.set(false);
        pass(Duration.ofMillis(500));
        assertThatThrownBy(() -> model.chat("Say yes")).isInstanceOf(NoReplicaException.class);
        pass(Duration.ofMillis(500)); // it is the turn of the one with the wrong key alone
        assertThatThrownBy(() -> model.chat("Say yes"))
                .isInstanceOf(NoReplicaException.class)
                .satisfies(
                        failure -> assertThat(CallFailure.of(failure).reason()).isEqualTo(Reason.UNREACHABLE));
        assertThat(List.of(wrongKey.calls(), good.calls())).containsExactly(2, 2);
        up.set(true);
        pass(Duration.ofMillis(500));
        assertThat(model.chat("Say yes")).isEqualTo("yes");
    }

    @Test
    void chat_serverKilledAndStartedAgain_losesNoRequest() throws Exception {
        ChatCompletionsServer one = ChatCompletionsServer.start(r -> completion("one"));
        int port = one.port();
        try (var other = ChatCompletionsServer.start(r -> completion("other"))) {
            ReplicatedChatModel model = of(client(one), client(other));
            assertThat(List.of(model.chat("a"), model.chat("b"))).containsExactly("one", "other");

            one.close();
            for (int i = 0; i < 4; i++) {
                assertThat(model.chat("while it is down")).isEqualTo("other");
            }
            pass(Duration.ofSeconds(2));
            assertThat(model.chat("tried too early")).isEqualTo("other");

            try (var again = ChatCompletionsServer.start(port, r -> completion("again"))) {
                assertThat(model.chat("not tried yet")).isEqualTo("other");
                pass(Duration.ofSeconds(2));
                assertThat(model.chat("trial")).isEqualTo("again");
                assertThat(List.of(model.chat("a"), model.chat("b"))).containsExactlyInAnyOrder("again", "other");
                assertThat(again.requests()).hasSize(2);
            }
        }
    }

    @Test
    void chat_serverWithErrors_isTakenOutAfterThree() throws Exception {
        try (var broken = ChatCompletionsServer.start(r -> status(500, "{\"error\":{\"message\":\"broken\"}}"));
                var fine = ChatCompletionsServer.start(r -> completion("fine"))) {
            ReplicatedChatModel model = of(client(broken), client(fine));
            int failed = 0;
            for (int i = 0; i < 12; i++) {
                try {
                    model.chat("Say yes");
                } catch (InternalServerException e) {
                    failed++;
                }
            }
            assertThat(failed).isEqualTo(3);
            assertThat(fine.requests()).hasSize(9);
        }
    }

    @Test
    void builder_whatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> ReplicatedChatModel.builder().build()).hasMessageContaining("at least one endpoint");
        var other = new CountingModel(
                r -> reply("x"),
                ChatRequestParameters.builder().modelName("other").build());
        assertThatThrownBy(() -> of(CountingModel.numbering(), other)).hasMessageContaining("[counting, other]");
        assertThatThrownBy(
                        () -> ReplicatedChatModel.builder().replica("a", other).replica("a", other))
                .hasMessageContaining("two endpoints are called a");
        assertThatThrownBy(() -> ReplicatedChatModel.builder()
                        .replica("a", other)
                        .pauses(Duration.ofSeconds(2), Duration.ofSeconds(1))
                        .build())
                .hasMessageContaining("the longest not below it");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
