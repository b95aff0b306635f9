package dev.lion.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lion.data.Response;
import dev.lion.role.Teacher;
import dev.lion.role.UnusableRoleException;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A role that no call can use: the run ends at once, and goes on once it can be used. */
@Timeout(60)
class UnusableRoleTest {
    private static final int CONCURRENT = 4; // LoopFixture's

    @TempDir
    Path temp;

    private final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refused = new AtomicInteger();

    private UnusableRoleException refusal() {
        refused.incrementAndGet();
        return new UnusableRoleException("the key is refused; check the key");
    }

    private AdversarialLoop.Builder loop(ScriptedRoles roles, Role unusable) {
        AdversarialLoop.Builder loop =
                LoopFixture.loop(roles, new CountingStudent()).listener(events::add);
        return switch (unusable) {
            case TEACHER ->
                loop.teacher(instruction -> {
                    throw refusal();
                });
            case REFEREE ->
                loop.referee(comparison -> {
                    throw refusal();
                });
            case GENERATOR ->
                loop.generator(request -> {
                    throw refusal();
                });
            case STUDENT, EVALUATION -> throw new IllegalArgumentException("called by the loop's own thread");
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"TEACHER", "REFEREE", "GENERATOR"})
    void run_roleIsUnusable_endsAtTheFirstCallAndSaysWhatToDo(Role unusable) {
        AdversarialLoop loop = loop(ScriptedRoles.prompt(), unusable).build();
        RoleFailedException failure =
                catchThrowableOfType(RoleFailedException.class, () -> LoopFixture.run(loop, temp.resolve("run")));

        assertThat(failure.role()).isEqualTo(unusable);
        assertThat(failure)
                .hasCauseInstanceOf(UnusableRoleException.class)
                .hasMessageStartingWith("the " + unusable + " failed in ")
                .hasMessageContaining("the key is refused; check the key. No other call can succeed")
                .hasMessageContaining("nothing that was paid for is lost")
                .hasMessageEndingWith("running again continues");
        assertThat(refused.get()).as("calls under way at the first refusal").isBetween(1, CONCURRENT);
        assertThat(events)
                .as("neither repeated nor counted as failed")
                .noneMatch(event -> event instanceof LoopEvent.Retried retried
                        && retried.reason().contains("key"))
                .noneMatch(event -> event instanceof LoopEvent.ItemSetAside aside
                        && aside.reason().contains("key"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"TEACHER", "REFEREE", "GENERATOR"})
    void run_roleIsUsableAgain_asksForTheRestOnlyAndEndsAsIfNothingHadBeen(Role unusable) throws Exception {
        ScriptedRoles roles = ScriptedRoles.prompt();
        AdversarialLoop broken = loop(roles, unusable).build();
        assertThatThrownBy(() -> LoopFixture.run(broken, temp.resolve("run"))).isInstanceOf(RoleFailedException.class);
        LoopResult resumed = LoopFixture.run(LoopFixture.loop(roles).build(), temp.resolve("run"));
        LoopResult whole =
                LoopFixture.run(LoopFixture.loop(ScriptedRoles.prompt()).build(), temp.resolve("whole"));

        assertThat(resumed.iterations()).isEqualTo(whole.iterations());
        assertThat(roles.served()).doesNotHaveDuplicates();
    }

    @Test
    void run_callsUnderWayWhenOneIsRefused_areKept() {
        CountDownLatch underWay = new CountDownLatch(CONCURRENT);
        AtomicInteger calls = new AtomicInteger();
        Teacher teacher = instruction -> {
            int call = calls.incrementAndGet();
            underWay.countDown();
            underWay.await();
            if (call == 1) {
                throw refusal();
            }
            Thread.sleep(50);
            return Response.of("paid for");
        };
        AdversarialLoop loop =
                LoopFixture.loop(ScriptedRoles.prompt()).teacher(teacher).build();
        assertThatThrownBy(() -> LoopFixture.run(loop, temp.resolve("run"))).isInstanceOf(RoleFailedException.class);

        assertThat(calls.get()).isEqualTo(CONCURRENT);
        assertThat(RunDirectory.read(temp.resolve("run")).teacherAnswers()).hasSize(CONCURRENT - 1);
    }
}
