package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.lion.role.StoppedException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RetryingChatModelTest {
    private final WaitingFake waiting = new WaitingFake();

    private RetryingChatModel.Builder around(ModelFake model) {
        return RetryingChatModel.builder(model).seed(7).waiting(waiting);
    }

    private static RuntimeException rateLimit(String words) {
        return new RateLimitException(words, new HttpException(429, words));
    }

    private static RuntimeException serverError() {
        return new InternalServerException("oops", new HttpException(500, "oops"));
    }

    /** Fails so many times, then answers. */
    private static ModelFake failing(int times, IntFunction<RuntimeException> failure) {
        return new ModelFake(call -> {
            if (call <= times) {
                throw failure.apply(call);
            }
            return "Paris";
        });
    }

    private static String answer(RetryingChatModel model) {
        return model.chat(ModelFake.REQUEST).aiMessage().text();
    }

    @Test
    void chat_failuresThatPass_areRepeatedWithPausesThatDouble() {
        RetryingChatModel model = around(failing(4, call -> serverError())).build();

        assertThat(answer(model)).isEqualTo("Paris");
        assertThat(waiting.pauses()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            Duration full = Duration.ofSeconds(1L << i);
            assertThat(waiting.pauses().get(i)).isBetween(full.dividedBy(2), full);
        }
        assertThat(model.counts()).isEqualTo(new RetryCounts(1, 5, 1, 0));
        assertThat(model.counts().repeated()).isEqualTo(4);
    }

    @Test
    void chat_sameSeed_pausesTheSame() {
        answer(around(failing(4, call -> serverError())).build());
        List<Duration> first = new ArrayList<>(waiting.pauses());
        waiting.pauses().clear();
        answer(around(failing(4, call -> serverError())).build());
        assertThat(waiting.pauses()).isEqualTo(first);

        waiting.pauses().clear();
        answer(around(failing(4, call -> serverError())).seed(8).build());
        assertThat(waiting.pauses()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void chat_longPauses_areCutAtTheLongest() {
        answer(around(failing(4, call -> serverError()))
                .longestPause(Duration.ofSeconds(3))
                .build());
        assertThat(waiting.pauses()).allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void chat_givenUp_isTheSameKindOfFailureAndTellsAllAttempts() {
        RetryingChatModel model = around(
                        failing(9, call -> call == 1 ? serverError() : rateLimit("slow down, key sk-a1b2c3d4e5f6g7h8")))
                .maxAttempts(3)
                .build();
        Throwable failure = catchThrowable(() -> answer(model));

        assertThat(failure)
                .isInstanceOf(RateLimitException.class)
                .hasMessageStartingWith(
                        "gave up after 3 attempts, the most that are made: SERVER_ERROR (HTTP 500) at 0.0 s,"
                                + " RATE_LIMITED (HTTP 429) at 0.")
                .hasMessageContaining("The last said: slow down")
                .message()
                .doesNotContain("a1b2c3");
        assertThat(CallFailure.of(failure).reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(CallFailure.of(failure).status()).hasValue(429);
        assertThat(CallFailure.of(failure).isUnbilled())
                .as("one attempt may have been charged")
                .isFalse();
        assertThat(model.counts()).isEqualTo(new RetryCounts(1, 3, 0, 1));
    }

    @Test
    void chat_givenUp_keepsWhatTheCausesSay() {
        for (RuntimeException last : List.of(
                new TimeoutException("late"), serverError(), new LangChain4jException(new IOException("reset")))) {
            ModelFake model = failing(9, call -> last);
            assertThatThrownBy(() -> answer(around(model).maxAttempts(2).build()))
                    .isExactlyInstanceOf(last.getClass())
                    .satisfies(e -> assertThat(CallFailure.of(e)).isEqualTo(CallFailure.of(last)));
        }
    }

    @Test
    void chat_onlyAttempt_throwsTheFailureItself() {
        RuntimeException failure = serverError();
        assertThatThrownBy(() -> answer(
                        around(failing(9, call -> failure)).maxAttempts(1).build()))
                .isSameAs(failure);
    }

    @Test
    void chat_failureThatStays_isThrownAtOnce() {
        for (RuntimeException failure :
                List.of(new AuthenticationException("no"), new StoppedException("the budget is spent"))) {
            ModelFake model = failing(9, call -> failure);
            assertThatThrownBy(() -> answer(around(model).build())).isSameAs(failure);
            assertThat(model.calls()).isOne();
        }
    }

    @Test
    void chat_failureThatStaysAfterOneThatPassed_isThrownItself() {
        RuntimeException stopped = new StoppedException("the budget is spent");
        ModelFake model = failing(9, call -> call == 1 ? serverError() : stopped);
        assertThatThrownBy(() -> answer(around(model).build()))
                .isSameAs(stopped)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(model.calls()).isEqualTo(2);
    }

    @Test
    void chat_onlyUncharged_leavesTheRestToWhoKeepsTheBooks() {
        RuntimeException charged = serverError();
        ModelFake model = failing(9, call -> call < 3 ? rateLimit("slow down") : charged);
        RetryingChatModel retrying = around(model).onlyUncharged().build();

        assertThatThrownBy(() -> answer(retrying))
                .isInstanceOf(InternalServerException.class)
                .hasMessageStartingWith(
                        "gave up after 3 attempts, the last of which is not repeated: RATE_LIMITED (HTTP 429)");
        assertThat(model.calls()).isEqualTo(3);
        assertThat(retrying.counts().givenUp()).isZero();
    }

    @Test
    void chat_providerNamesATime_waitsAtLeastSoLong() {
        answer(around(failing(1, call -> rateLimit("Please try again in 17.5s.")))
                .build());
        assertThat(waiting.pauses())
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofMillis(17_500), Duration.ofMillis(19_250)));
    }

    @Test
    void chat_headersNameATime_waitsAtLeastSoLong() {
        ProviderLimits limits = new ProviderLimits(InstantSource.system(), waiting::nanos);
        ModelFake model = failing(1, call -> {
            limits.observe(429, Map.of("Retry-After", List.of("90")));
            return rateLimit("slow down");
        });
        answer(around(model).limits(limits).build());
        assertThat(waiting.pauses().get(0)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(99));
    }

    @Test
    void chat_headersOfAnEarlierFailureNamedATime_isNotHeeded() {
        ProviderLimits limits = new ProviderLimits(InstantSource.system(), waiting::nanos);
        limits.observe(429, Map.of("Retry-After", List.of("90")));
        answer(around(failing(1, call -> serverError())).limits(limits).build());
        assertThat(waiting.pauses().get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void chat_timeOfTheProviderIsPastTheDeadline_givesUpWithoutWaiting() {
        ModelFake model = failing(9, call -> rateLimit("Please try again in 6m0s."));
        assertThatThrownBy(() -> answer(around(model).build())).isInstanceOf(RateLimitException.class);
        assertThat(model.calls()).isOne();
        assertThat(waiting.pauses()).isEmpty();
    }

    @Test
    void chat_deadline_isNeverSleptPast() {
        ModelFake model = new ModelFake(call -> {
            waiting.pass(Duration.ofSeconds(10));
            throw serverError();
        });
        RetryingChatModel retrying =
                around(model).deadline(Duration.ofSeconds(25)).maxAttempts(100).build();

        assertThatThrownBy(() -> answer(retrying)).hasMessageContaining("past the deadline of 25.0 s");
        assertThat(model.calls()).isEqualTo(3); // which fail at 0, before 11 and before 23 s
        assertThat(waiting.pauses()).hasSize(2);
    }

    @Test
    void chat_firstAttemptTookLongerThanTheDeadline_isRepeated() {
        ModelFake model = new ModelFake(call -> {
            waiting.pass(Duration.ofMinutes(call == 1 ? 6 : 0)); // as in the queue of a pace
            if (call == 1) {
                throw rateLimit("slow down");
            }
            return "Paris";
        });
        assertThat(answer(around(model).build())).isEqualTo("Paris");
    }

    @Test
    void chat_damagedReply_isRepeated() {
        ModelFake model = new ModelFake(call -> call == 1 ? "Pari\uFFFD" : "Paris");
        assertThat(answer(around(model).build())).isEqualTo("Paris");
    }

    @Test
    void chat_interruptedInAPause_endsWithTheFlagSet() {
        ModelFake model = new ModelFake(call -> {
            Thread.currentThread().interrupt();
            throw serverError();
        });
        Throwable failure = catchThrowable(() -> answer(around(model).build()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(CallFailure.of(failure).reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(CallFailure.of(failure).isUnbilled())
                .as("the attempt may have been charged")
                .isFalse();
        assertThat(model.calls()).isOne();
    }

    @Test
    void chat_interruptedAfterUnchargedAttempts_isNotCharged() {
        ModelFake model = new ModelFake(call -> {
            Thread.currentThread().interrupt();
            throw rateLimit("slow down");
        });
        Throwable failure = catchThrowable(() -> answer(around(model).build()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(CallFailure.of(failure)).isEqualTo(new CallFailure(Reason.INTERRUPTED, OptionalInt.empty(), true));
    }

    @Test
    void chat_listener_isToldOfEachRepetitionAndMayFail() {
        List<String> told = new ArrayList<>();
        answer(around(failing(2, call -> serverError()))
                .listener((attempt, failure, pause) -> {
                    told.add(attempt + " " + failure.reason());
                    throw new IllegalStateException("the log is full");
                })
                .build());
        assertThat(told).containsExactly("1 SERVER_ERROR", "2 SERVER_ERROR");
    }

    @Test
    void builder_settingsOutOfRange_areRefusedByName() {
        RetryingChatModel.Builder builder = RetryingChatModel.builder(failing(0, call -> serverError()));
        assertThatThrownBy(() -> builder.maxAttempts(0)).hasMessage("maxAttempts must be 1 or more, but is 0");
        assertThatThrownBy(() -> builder.deadline(Duration.ZERO)).hasMessage("deadline must be above 0, but is PT0S");
        assertThatThrownBy(() -> builder.firstPause(Duration.ofSeconds(-1))).hasMessageStartingWith("firstPause");
        assertThatThrownBy(() -> builder.longestPause(Duration.ZERO)).hasMessageStartingWith("longestPause");
    }
}
