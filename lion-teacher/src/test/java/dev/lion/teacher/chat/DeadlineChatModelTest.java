package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.TimeoutException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

@Timeout(60)
class DeadlineChatModelTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch release = new CountDownLatch(1);

    private static String answer(DeadlineChatModel model) {
        return model.chat(ModelFake.REQUEST).aiMessage().text();
    }

    /** Ignores interrupts, until it is released. */
    private String stubborn() {
        while (true) {
            try {
                release.await();
                return "late";
            } catch (InterruptedException e) {
                // as a broken client does
            }
        }
    }

    @Test
    void chat_inTime_returnsTheAnswerFromANamedDaemonThread() {
        ModelFake model = new ModelFake(call -> {
            Thread thread = Thread.currentThread();
            return thread.getName() + " " + thread.isDaemon();
        });

        assertThat(answer(DeadlineChatModel.of(model, LONG))).matches("lion-model-call-\\d+ true");
    }

    @Test
    void chat_failureInTime_isTheModelsOwn() {
        var failure = new AuthenticationException("no");
        assertThatThrownBy(() -> answer(DeadlineChatModel.of(
                        new ModelFake(call -> {
                            throw failure;
                        }),
                        LONG)))
                .isSameAs(failure);
        var error = new AssertionError("broken");
        assertThatThrownBy(() -> answer(DeadlineChatModel.of(
                        new ModelFake(call -> {
                            throw error;
                        }),
                        LONG)))
                .isSameAs(error);
    }

    @Test
    void chat_pastTheDeadline_interruptsTheCallAndSaysSo() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        DeadlineChatModel model = DeadlineChatModel.of(
                new ModelFake(call -> {
                    try {
                        release.await();
                        return "never";
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw new IllegalStateException(e);
                    }
                }),
                SHORT);
        Throwable failure = catchThrowable(() -> answer(model));

        assertThat(failure)
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("no whole reply within the deadline of 0.1 s, so the call was interrupted");
        assertThat(CallFailure.of(failure).reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(CallFailure.of(failure).isUnbilled()).isFalse();
        interrupted.await();
    }

    @Test
    void chat_clientIgnoresInterrupts_freesTheCallerAndTellsOfTheLateReply() throws Exception {
        BlockingQueue<String> late = new ArrayBlockingQueue<>(1);
        DeadlineChatModel model = DeadlineChatModel.builder(new ModelFake(call -> stubborn()))
                .deadline(SHORT)
                .lateReplies(
                        (request, response) -> late.add(response.aiMessage().text()))
                .build();

        assertThatThrownBy(() -> answer(model)).isInstanceOf(TimeoutException.class);
        assertThat(model.leftBehind()).isOne();
        release.countDown();
        assertThat(late.take()).isEqualTo("late");
        assertThat(model.leftBehind()).isZero();
    }

    @Test
    void chat_tooManyLeftBehind_beginsNoMoreUntilOneEnds() throws Exception {
        ModelFake inner = new ModelFake(call -> call <= 2 ? stubborn() : "Paris");
        DeadlineChatModel model = DeadlineChatModel.builder(inner)
                .deadline(SHORT)
                .maxLeftBehind(1)
                .build();
        assertThatThrownBy(() -> answer(model)).hasMessageStartingWith("no whole reply");
        assertThatThrownBy(() -> answer(model)).hasMessageStartingWith("no whole reply");
        assertThatThrownBy(() -> answer(model))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith(
                        "2 calls are past their deadline of 0.1 s and do not end when they are interrupted")
                .satisfies(e -> assertThat(CallFailure.of(e).isUnbilled()).isTrue());
        assertThat(inner.calls()).isEqualTo(2);

        release.countDown();
        while (model.leftBehind() > 0) {
            Thread.onSpinWait();
        }
        assertThat(answer(model)).isEqualTo("Paris");
    }

    @Test
    void chat_callerInterrupted_passesItOnAndKeepsTheFlag() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        DeadlineChatModel model = DeadlineChatModel.of(
                new ModelFake(call -> {
                    begun.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return "never";
                }),
                LONG);
        var caller = new FutureTask<>(() -> {
            Throwable failure = catchThrowable(() -> answer(model));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return CallFailure.of(failure).reason();
        });
        Thread thread = new Thread(caller);
        thread.start();
        begun.await();
        thread.interrupt();

        assertThat(caller.get()).isEqualTo(Reason.INTERRUPTED);
        interrupted.await();
    }

    @Test
    void chat_loggingContext_isCarriedOverAndDoesNotStay() throws Exception {
        DeadlineChatModel model = DeadlineChatModel.of(new ModelFake(call -> String.valueOf(MDC.get("item"))), LONG);
        MDCAdapter before = MDC.getMDCAdapter();
        useContext(new BasicMDCAdapter()); // the tests' logging has none
        try {
            MDC.put("item", "42");
            assertThat(answer(model)).isEqualTo("42");
            MDC.remove("item");
            assertThat(answer(model)).isEqualTo("null");
        } finally {
            useContext(before);
        }
    }

    private static void useContext(MDCAdapter adapter) throws ReflectiveOperationException {
        Method setter = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        setter.setAccessible(true);
        setter.invoke(null, adapter);
    }

    @Test
    void builder_settingsOutOfRange_areRefusedByName() {
        var builder = DeadlineChatModel.builder(new ModelFake(call -> "x"));
        assertThatThrownBy(() -> builder.deadline(Duration.ZERO)).hasMessage("deadline must be above 0, but is PT0S");
        assertThatThrownBy(() -> builder.maxLeftBehind(-1)).hasMessage("maxLeftBehind must be 0 or more, but is -1");
    }
}
