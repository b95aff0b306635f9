package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.lion.teacher.chat.CallFailure.Reason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleFlightTest {
    private final SingleFlight<String> flight = new SingleFlight<>();
    private final CountDownLatch isLed = new CountDownLatch(1);
    private final CountDownLatch failing = new CountDownLatch(1);
    private final FutureTask<Throwable> follower = new FutureTask<>(() -> catchThrowable(() -> flight.call(
            "key",
            () -> {
                throw new AssertionError("a follower makes no call");
            },
            UnaryOperator.identity())));
    private final Thread following = new Thread(follower);

    /** A call that fails as soon as it may, and one that waits for it. */
    private FutureTask<Throwable> lead(RuntimeException failure) throws InterruptedException {
        var leader = new FutureTask<>(() -> catchThrowable(() -> flight.call(
                "key",
                () -> {
                    isLed.countDown();
                    try {
                        failing.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    throw failure;
                },
                UnaryOperator.identity())));
        new Thread(leader).start();
        isLed.await();
        following.start();
        while (following.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        return leader;
    }

    @Test
    void call_firstMayBeCharged_theOthersFailAlikeAndAreNotCharged() throws Exception {
        var failure = new InternalServerException("oops", new HttpException(500, "oops"));
        FutureTask<Throwable> leader = lead(failure);
        failing.countDown();

        assertThat(leader.get()).isSameAs(failure);
        assertThat(CallFailure.of(leader.get()).isUnbilled()).isFalse();
        assertThat(follower.get())
                .isInstanceOf(InternalServerException.class)
                .hasMessage("an equal request that was under way has failed: oops");
        assertThat(CallFailure.of(follower.get())).isEqualTo(withoutCharge(failure));
    }

    @Test
    void call_firstIsNotCharged_allGetItsFailure() throws Exception {
        var failure = new RateLimitException("slow down");
        FutureTask<Throwable> leader = lead(failure);
        failing.countDown();

        assertThat(leader.get()).isSameAs(failure);
        assertThat(follower.get()).isSameAs(failure);
    }

    @Test
    void call_interruptedWhileItWaits_isNotCharged() throws Exception {
        FutureTask<Throwable> leader = lead(new TimeoutException("late"));
        following.interrupt();

        assertThat(follower.get())
                .hasMessageContaining("no call was made")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(CallFailure.of(follower.get()).reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(CallFailure.of(follower.get()).isUnbilled()).isTrue();
        failing.countDown();
        assertThat(leader.get()).isInstanceOf(TimeoutException.class);
    }

    private static CallFailure withoutCharge(Throwable failure) {
        CallFailure known = CallFailure.of(failure);
        return new CallFailure(known.reason(), known.status(), true);
    }
}
