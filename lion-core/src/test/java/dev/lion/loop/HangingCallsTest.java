package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Response;
import dev.lion.role.Teacher;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that never answer, whether or not they can be interrupted. */
@Timeout(60)
class HangingCallsTest {
    private static final Duration SHORT = Duration.ofMillis(40);

    @TempDir
    Path temp;

    private final CountDownLatch never = new CountDownLatch(1);
    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void letThemGo() {
        never.countDown();
    }

    private AdversarialLoop.Builder loop(Teacher teacher, LoopConfig.Builder config) {
        return LoopFixture.loop(ScriptedRoles.prompt(), new CountingStudent())
                .teacher(teacher)
                .listener(events::add)
                .config(config.iterations(0).callTimeout(SHORT).build());
    }

    private List<String> retries() {
        return events.stream()
                .filter(LoopEvent.Retried.class::isInstance)
                .map(event -> ((LoopEvent.Retried) event).reason())
                .toList();
    }

    private void hang() {
        boolean done = false;
        while (!done) {
            try {
                done = never.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // as a client does that swallows interrupts
            }
        }
    }

    @Test
    void run_callHangsOnce_isInterruptedAndAskedAgain() {
        AtomicBoolean hung = new AtomicBoolean();
        Teacher teacher = instruction -> {
            if (instruction.text().endsWith("7") && !hung.getAndSet(true)) {
                assertThat(never.await(30, TimeUnit.SECONDS)).isTrue();
            }
            return Response.of("fine");
        };
        LoopResult result = LoopFixture.run(loop(teacher, LoopFixture.config()).build(), temp.resolve("run"));
        assertThat(result.iterations().get(0).unanswered()).isZero();
        assertThat(retries()).containsExactly("no answer within 40 ms (callTimeout)");
    }

    @Test
    void run_callSwallowsTheInterrupt_isLeftBehindAndItsLateAnswerDropped() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch cameBack = new CountDownLatch(1);
        Teacher teacher = instruction -> {
            if (instruction.text().endsWith("7") && calls.incrementAndGet() == 1) {
                hang();
                cameBack.countDown();
                return Response.of("too late");
            }
            return Response.of("fine");
        };
        LoopConfig.Builder config = LoopFixture.config().maxConcurrentCalls(1); // whose only thread hangs
        LoopResult result = LoopFixture.run(loop(teacher, config).build(), temp.resolve("run"));
        assertThat(result.status()).isEqualTo(LoopResult.Status.COMPLETED);
        assertThat(retries())
                .containsExactly(
                        "no answer within 40 ms (callTimeout), and the call does not end when it is interrupted");
        never.countDown();
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers().values())
                .hasSize(12)
                .containsOnly(Response.of("fine"));
        assertThat(cameBack)
                .satisfies(
                        latch -> assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void run_callComesBackLateButBeforeItIsLeftBehind_itsAnswerIsKept() {
        Teacher teacher = instruction -> {
            try {
                if (instruction.text().endsWith("7")) {
                    assertThat(never.await(30, TimeUnit.SECONDS)).isTrue();
                }
                return Response.of("fine");
            } catch (InterruptedException e) {
                return Response.of("paid for");
            }
        };
        LoopFixture.run(loop(teacher, LoopFixture.config()).build(), temp.resolve("run"));
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers().values())
                .hasSize(12)
                .contains(Response.of("paid for"));
        assertThat(retries()).isEmpty();
    }

    @Test
    void run_everyCallHangs_endsWithTheReasonInsteadOfHanging() {
        Teacher teacher = instruction -> {
            hang();
            return Response.of("never");
        };
        AdversarialLoop loop = loop(
                        teacher, LoopFixture.config().maxConcurrentCalls(1).stopTimeout(Duration.ofSeconds(20)))
                .build();
        assertThatThrownBy(() -> LoopFixture.run(loop, temp.resolve("run")))
                .isInstanceOf(TooManyFailuresException.class)
                .hasMessageContaining("3 calls hang and do not end when they are interrupted")
                .hasMessageContaining("no answer within 40 ms");
    }

    @Test
    void run_nothingMoves_tellsTheListeners() {
        CountDownLatch stalled = new CountDownLatch(1);
        Teacher teacher = instruction -> {
            assertThat(stalled.await(30, TimeUnit.SECONDS)).isTrue();
            return Response.of("fine");
        };
        LoopConfig config =
                LoopFixture.config().iterations(0).stallWarning(SHORT).build();
        LoopFixture.run(
                loop(teacher, LoopFixture.config())
                        .config(config)
                        .listener(event -> {
                            if (event instanceof LoopEvent.Stalled) {
                                stalled.countDown();
                            }
                        })
                        .build(),
                temp.resolve("run"));
        assertThat(events)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(LoopEvent.Stalled.class, stall -> {
                    assertThat(stall.role()).contains(Role.TEACHER);
                    assertThat(stall.underWay()).isEqualTo(4);
                }));
    }

    @Test
    void run_roleNeverSucceeds_endsBeforeTheToleratedShareHasFailed() {
        AtomicInteger calls = new AtomicInteger();
        Teacher teacher = instruction -> {
            calls.incrementAndGet();
            throw new IllegalStateException("401: no such key");
        };
        LoopConfig.Builder config = LoopFixture.config().maxConcurrentCalls(1).toleratedFailureShare(0.95);
        assertThatThrownBy(() -> LoopFixture.run(loop(teacher, config).build(), temp.resolve("run")))
                .isInstanceOf(TooManyFailuresException.class)
                .hasMessageContaining("the teacher failed on each of its first 10 calls")
                .hasMessageContaining("401: no such key");
        assertThat(calls).hasValue(10);
    }

    @Test
    void run_roleSucceededOnce_waitsForTheToleratedShare() {
        AtomicInteger calls = new AtomicInteger();
        Teacher teacher = instruction -> {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("refused");
            }
            return Response.of("fine");
        };
        LoopConfig.Builder config = LoopFixture.config().maxConcurrentCalls(1).toleratedFailureShare(0.95);
        LoopResult result = LoopFixture.run(loop(teacher, config).build(), temp.resolve("run"));
        assertThat(result.iterations().get(0).unanswered()).isEqualTo(11);
    }

    @Test
    void build_timesOfZero_areRefused() {
        assertThatThrownBy(() -> LoopConfig.builder()
                        .callTimeout(Duration.ZERO)
                        .stallWarning(Duration.ofSeconds(-1))
                        .leastYield(2)
                        .build())
                .hasMessageContainingAll("callTimeout must be above 0", "stallWarning must be above 0", "leastYield");
    }
}
