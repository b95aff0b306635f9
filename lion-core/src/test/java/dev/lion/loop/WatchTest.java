package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import dev.lion.run.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time limits and warnings, on a clock that the test moves. */
@Timeout(60)
class WatchTest {
    private final AtomicLong clock = new AtomicLong();
    private final List<LoopEvent.Stalled> told = new ArrayList<>();
    private final List<Integer> abandoned = new ArrayList<>();
    private final Events events = new Events(List.of(event -> told.add((LoopEvent.Stalled) event)));
    private final Watch watch = new Watch(
            LoopConfig.builder()
                    .callTimeout(Duration.ofMinutes(10))
                    .stallWarning(Duration.ofMinutes(1))
                    .build(),
            events,
            new Ticker() {
                @Override
                public long read() {
                    return clock.get();
                }
            });

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private void pass(Duration duration) {
        clock.addAndGet(duration.toNanos());
        watch.look();
    }

    private static CallSite untimed(Role role, String doing) {
        return new CallSite(role, Optional.of(place()), Optional.empty(), doing, Optional.empty());
    }

    private CallSite timed(Role role, String id) {
        return new CallSite(
                role, Optional.of(place()), Optional.of(id), "", Optional.of(attempt -> abandoned.add(attempt)));
    }

    private static CallSite.Where place() {
        return new CallSite.Where(2, Stage.DISCRIMINATION);
    }

    @Test
    void look_callWithinItsTime_isLeftAlone() {
        Awaited call = watch.begin(timed(Role.TEACHER, "a"), 1);
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(watch.end(call)).isFalse();
    }

    @Test
    void look_callPastItsTime_isInterruptedAndTheFlagEndsWithTheCall() {
        Awaited call = watch.begin(timed(Role.TEACHER, "a"), 1);
        pass(Duration.ofMinutes(10));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(watch.end(call)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(abandoned).isEmpty();
    }

    @Test
    void look_callThatIgnoresTheInterrupt_isAbandonedOnceAndSaysSoWhenItComesBack() {
        Awaited call = watch.begin(timed(Role.TEACHER, "a"), 2);
        pass(Duration.ofMinutes(10));
        pass(Duration.ofSeconds(9));
        assertThat(abandoned).isEmpty();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofHours(1));
        assertThat(abandoned).containsExactly(2);
        assertThatThrownBy(() -> watch.end(call))
                .isInstanceOf(AbandonedException.class)
                .hasMessageContaining("the teacher on a in discrimination of iteration 2");
    }

    @Test
    void look_callWithoutATimeLimit_isNeverInterrupted() {
        Awaited call = watch.begin(untimed(Role.STUDENT, "to imitate 6000 answers"), 1);
        pass(Duration.ofDays(3));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(watch.end(call)).isFalse();
    }

    @Test
    void look_pauseBetweenAttempts_isNotCountedAgainstTheTimeOfACall() {
        Awaited pause = watch.beginPause(timed(Role.TEACHER, "a"));
        pass(Duration.ofHours(1));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(told.get(0).awaited())
                .contains("the pause before another attempt of the teacher on a in discrimination of iteration 2");
        assertThat(watch.end(pause)).isFalse();
    }

    @Test
    void look_nothingMoved_namesTheOldestCallHowLongAndHowManyMore() {
        watch.entered(place());
        watch.begin(timed(Role.REFEREE, "00c0ffee"), 1);
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        watch.begin(timed(Role.TEACHER, "later"), 1);
        watch.begin(timed(Role.TEACHER, "later still"), 1);
        pass(Duration.ofSeconds(55));
        assertThat(told)
                .containsExactly(new LoopEvent.Stalled(
                        Optional.of(Role.REFEREE),
                        Optional.of(Stage.DISCRIMINATION),
                        Optional.of("00c0ffee"),
                        Duration.ofMinutes(1),
                        3,
                        "nothing has moved for 1 min; waiting for the referee on 00c0ffee in discrimination of"
                                + " iteration 2 since 1 min, with 2 more calls under way"));
    }

    @Test
    void look_studentIsAwaited_namesItsWork() {
        watch.begin(untimed(Role.STUDENT, "to answer 64 instructions"), 1);
        pass(Duration.ofSeconds(90));
        assertThat(told.get(0).awaited())
                .contains("the student to answer 64 instructions")
                .contains("since 90 s");
    }

    @Test
    void look_noCallUnderWay_namesTheStage() {
        watch.entered(new CallSite.Where(3, Stage.GENERATION));
        pass(Duration.ofMinutes(1));
        assertThat(told.get(0).role()).isEmpty();
        assertThat(told.get(0).awaited()).contains("no call").contains("in generation of iteration 3");
    }

    @Test
    void look_stillQuiet_isSaidAgainEachTimeTheQuietHasDoubled() {
        for (int second = 0; second < 1000; second++) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(told).extracting(event -> event.quiet().toSeconds()).containsExactly(60L, 120L, 240L, 480L, 960L);
    }

    @Test
    void look_somethingMovesInTime_saysNothing() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(59));
            watch.moved();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void look_slowButSteady_isWarnedAboutOnceAStage() {
        for (int stage = 0; stage < 2; stage++) {
            watch.entered(place());
            for (int batch = 0; batch < 10; batch++) {
                Awaited call = watch.begin(untimed(Role.STUDENT, "to answer"), 1);
                pass(Duration.ofSeconds(90));
                watch.end(call);
            }
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void look_listenerHangs_isNotHeldUp() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Events slow = new Events(List.of(event -> {
            entered.countDown();
            awaitQuietly(release);
        }));
        Thread teller = new Thread(() -> slow.tell(new LoopEvent.Notice(0, Stage.IMITATION, "")));
        teller.start();
        entered.await();
        assertThat(slow.awaitedListener()).isPresent();
        slow.tryTell(new LoopEvent.Notice(0, Stage.IMITATION, "dropped")); // returns, though the listener hangs
        release.countDown();
        teller.join();
        assertThat(slow.awaitedListener()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
