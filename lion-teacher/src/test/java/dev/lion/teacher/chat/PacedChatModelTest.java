package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.offset;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.lion.data.Instruction;
import dev.lion.role.Unbilled;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.chat.PacedChatModel.Statistics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PacedChatModelTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static ChatModel answering(Callable<String> answer) {
        return new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                try {
                    return ChatResponse.builder()
                            .aiMessage(AiMessage.from(answer.call()))
                            .tokenUsage(new TokenUsage(3, 4))
                            .build();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private List<Future<String>> ask(PacedChatModel model, int times) {
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < times; i++) {
            answers.add(threads.submit(() -> model.chat("hi")));
        }
        return answers;
    }

    private static void awaitWaiting(PacedChatModel model, int waiting) throws InterruptedException {
        while (model.statistics().waiting() != waiting) {
            Thread.sleep(1);
        }
    }

    private static void awaitUnderWay(PacedChatModel model) throws InterruptedException {
        while (model.statistics().underWay() == 0) {
            Thread.sleep(1);
        }
    }

    private static RateLimitException refusal(String words) {
        return new RateLimitException(words, new HttpException(429, words));
    }

    @Test
    void chat_nothingSucceededYet_callsOneAtATime() throws Exception {
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var open = new CountDownLatch(1);
        var model = PacedChatModel.of(answering(() -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            open.await();
            return "yes";
        }));
        var answers = ask(model, 20);
        awaitWaiting(model, 19);
        assertThat(most).hasValue(1);
        open.countDown();
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("yes");
        }
        assertThat(model.statistics().calls()).isEqualTo(20);
        assertThat(model.statistics().waited()).isPositive();
    }

    @Test
    void chat_wrongKey_throwsWhatTheModelThrows() {
        var failure = new AuthenticationException("no such key sk-1");
        var model = PacedChatModel.of(answering(() -> {
            throw failure;
        }));
        assertThatThrownBy(() -> model.chat("hi")).isSameAs(failure);
        assertThat(model.statistics())
                .extracting(Statistics::calls, Statistics::refused, Statistics::underWay)
                .containsExactly(1L, 0L, 0);
        assertThat(model.toString()).doesNotContain("sk-1");
    }

    @Test
    void chat_refusedWithATimeInWords_nobodyCallsBefore() throws Exception {
        var calls = new CopyOnWriteArrayList<Long>();
        var model = PacedChatModel.of(answering(() -> {
            calls.add(System.nanoTime());
            if (calls.size() == 2) {
                throw refusal("Rate limit reached. Please try again in 400ms.");
            }
            return "yes";
        }));
        model.chat("hi");
        assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(RateLimitException.class);
        assertThat(model.statistics().closedFor()).isBetween(Duration.ofMillis(1), Duration.ofMillis(400));
        for (Future<String> answer : ask(model, 5)) {
            answer.get();
        }
        assertThat(calls.get(2) - calls.get(1))
                .isGreaterThan(Duration.ofMillis(390).toNanos());
        assertThat(model.statistics().refused()).isEqualTo(1);
    }

    @Test
    void chat_refusedWithAHeader_nobodyCallsBefore() {
        var limits = new ProviderLimits();
        var model = PacedChatModel.builder(answering(() -> {
                    limits.observe(429, Map.of("retry-after", List.of("20")));
                    throw refusal("slow down");
                }))
                .limits(limits)
                .build();
        assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(RateLimitException.class);
        assertThat(model.statistics().closedFor()).isGreaterThan(Duration.ofSeconds(15));
    }

    @Test
    void chat_overloadedServerThatNamesATime_isARefusal() {
        var limits = new ProviderLimits();
        var model = PacedChatModel.builder(answering(() -> {
                    limits.observe(503, Map.of("retry-after", List.of("20")));
                    throw new InternalServerException(new HttpException(503, "overloaded"));
                }))
                .limits(limits)
                .build();
        assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(InternalServerException.class);
        assertThat(model.statistics().refused()).isEqualTo(1);
    }

    @Test
    void chat_serverErrorAfterAnEarlierRefusal_isNoRefusal() {
        var limits = new ProviderLimits();
        limits.observe(429, Map.of("retry-after", List.of("60")));
        var model = PacedChatModel.builder(answering(() -> {
                    throw new InternalServerException(new HttpException(500, "oops"));
                }))
                .limits(limits)
                .build();
        assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(InternalServerException.class);
        assertThat(model.statistics().refused()).isZero();
    }

    @Test
    void chat_headersNameALimit_isKeptTo() throws Exception {
        var limits = new ProviderLimits();
        var model = PacedChatModel.builder(answering(() -> {
                    limits.observe(200, Map.of("x-ratelimit-limit-requests", List.of("1200")));
                    return "yes";
                }))
                .limits(limits)
                .build();
        long start = System.nanoTime();
        for (Future<String> answer : ask(model, 30)) {
            answer.get();
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(1250).toNanos());
        assertThat(model.statistics().requestsPerMinute()).hasValueCloseTo(1188.0, offset(1.0));
    }

    @Test
    void chat_tokensPerMinute_areKeptTo() throws Exception {
        var model = PacedChatModel.builder(answering(() -> "yes"))
                .tokensPerMinute(7 * 600)
                .build();
        model.chat("hi"); // until a call is answered it is expected to use much
        long start = System.nanoTime();
        for (Future<String> answer : ask(model, 10)) {
            answer.get();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(700), Duration.ofMillis(5000));
    }

    @Test
    void chat_manyWait_goInTheOrderInWhichTheyCame() throws Exception {
        var order = new CopyOnWriteArrayList<String>();
        var open = new CountDownLatch(1);
        ChatModel slow = new ChatModel() {
            @Override
            public ChatResponse chat(ChatRequest request) {
                order.add(((UserMessage) request.messages().get(0)).singleText());
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return ChatResponse.builder().aiMessage(AiMessage.from("yes")).build();
            }
        };
        var model = PacedChatModel.builder(slow).maxConcurrency(1).build();
        var answers = new ArrayList<Future<ChatResponse>>();
        for (int i = 0; i < 10; i++) {
            String text = String.valueOf(i);
            answers.add(threads.submit(() -> model.chat(request(text))));
            awaitWaiting(model, i);
            awaitUnderWay(model);
        }
        open.countDown();
        for (Future<ChatResponse> answer : answers) {
            answer.get();
        }
        assertThat(order).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void chat_interruptedWhileItWaits_endsWithoutACall() throws Exception {
        var open = new CountDownLatch(1);
        var model = PacedChatModel.of(answering(() -> {
            open.await();
            return "yes";
        }));
        var first = threads.submit(() -> model.chat("hi"));
        awaitUnderWay(model);
        var failures = new CopyOnWriteArrayList<Throwable>();
        var flags = new CopyOnWriteArrayList<Boolean>();
        for (int i = 0; i < 2; i++) { // the one that is first in the queue, and one behind it
            Thread waiting = new Thread(() -> {
                try {
                    model.chat("hi");
                } catch (RuntimeException e) {
                    failures.add(e);
                    flags.add(Thread.currentThread().isInterrupted());
                }
            });
            waiting.start();
            awaitWaiting(model, 1);
            waiting.interrupt();
            waiting.join();
        }
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(LangChain4jException.class)
                        .hasMessageContaining("no call was made")
                        .satisfies(
                                e -> assertThat(CallFailure.of(e).reason()).isEqualTo(CallFailure.Reason.INTERRUPTED)));
        assertThat(flags).containsExactly(true, true);
        open.countDown();
        assertThat(first.get()).isEqualTo("yes");
        assertThat(model.chat("hi")).isEqualTo("yes");
        assertThat(model.statistics())
                .extracting(Statistics::calls, Statistics::waiting)
                .containsExactly(2L, 0);
    }

    @Test
    void teacher_interruptedWhileItsCallWaits_knowsThatItIsNotCharged() throws Exception {
        var open = new CountDownLatch(1);
        var model = PacedChatModel.of(answering(() -> {
            open.await();
            return "yes";
        }));
        var first = threads.submit(() -> model.chat("hi"));
        awaitUnderWay(model);
        var task = new FutureTask<>(
                () -> catchThrowable(() -> ChatModelTeacher.of(model).answer(Instruction.of("Say yes"))));
        Thread waiting = new Thread(task);
        waiting.start();
        awaitWaiting(model, 1);
        waiting.interrupt();

        assertThat(task.get())
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the teacher's model call was interrupted; it is not charged")
                .isInstanceOfSatisfying(
                        Unbilled.class, e -> assertThat(e.isUnbilled()).isTrue());
        open.countDown();
        assertThat(first.get()).isEqualTo("yes");
    }

    @Test
    void chat_whileItWaits_takesNoProcessorTime() throws Exception {
        var limits = new ProviderLimits();
        var model = PacedChatModel.builder(answering(() -> {
                    limits.observe(429, Map.of("retry-after", List.of("60")));
                    throw refusal("slow down");
                }))
                .limits(limits)
                .build();
        assertThatThrownBy(() -> model.chat("hi")).isInstanceOf(RateLimitException.class);
        Thread waiting =
                new Thread(() -> assertThatThrownBy(() -> model.chat("hi")).isNotNull());
        waiting.start();
        awaitWaiting(model, 1);
        long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(waiting.getId());
        Thread.sleep(500);
        long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(waiting.getId()) - before;
        assertThat(used).isLessThan(Duration.ofMillis(50).toNanos());
        waiting.interrupt();
        waiting.join();
    }

    @Test
    void builder_nonsense_isRefusedByName() {
        var builder = PacedChatModel.builder(answering(() -> "yes"));
        assertThatThrownBy(() -> builder.maxConcurrency(0)).hasMessage("maxConcurrency must be at least 1, was 0");
        assertThatThrownBy(() -> builder.requestsPerMinute(0))
                .hasMessage("requestsPerMinute must be positive, was 0.0");
        assertThatThrownBy(() -> builder.tokensPerMinute(Double.NaN))
                .hasMessage("tokensPerMinute must be positive, was NaN");
        assertThatThrownBy(() -> builder.longestPause(Duration.ZERO))
                .hasMessage("longestPause must be positive, was PT0S");
    }
}
