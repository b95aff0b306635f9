package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.fixture.Fakes;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedRolesTest {
    @TempDir
    Path temp;

    @Test
    void failingOnceEvery_wholeRun_isRetriedAndEndsAsWithoutFailures() {
        List<LoopEvent> events = new ArrayList<>();
        LoopResult calm = run(ScriptedRoles.prompt(), "calm", new ArrayList<>());
        LoopResult shaken = run(ScriptedRoles.builder().failingOnceEvery(3).build(), "shaken", events);

        assertThat(events).hasAtLeastOneElementOfType(LoopEvent.Retried.class);
        assertThat(shaken.iterations()).isEqualTo(calm.iterations());
        Map<String, String> tree = Trees.of(temp.resolve("shaken"));
        assertThat(tree).isEqualTo(Trees.of(temp.resolve("calm")));
    }

    @Test
    void builder_callBeforeTheFirst_isRefused() {
        assertThatThrownBy(() -> ScriptedRoles.builder().breakingDownAt(0)).hasMessageContaining("counted from 1");
        assertThatThrownBy(() -> ScriptedRoles.builder().failingOnceEvery(0)).hasMessageContaining("counted from 1");
    }

    private LoopResult run(ScriptedRoles roles, String name, List<LoopEvent> events) {
        try (RunDirectory run = RunDirectory.open(temp.resolve(name))) {
            return AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(new CountingStudent())
                    .config(LoopConfig.builder()
                            .iterations(1)
                            .generatedPerIteration(6)
                            .maxConcurrentCalls(1)
                            .firstBackoff(Duration.ofMillis(1))
                            .build())
                    .listener(events::add)
                    .build()
                    .run(Fakes.pool("one of many", "two of many", "three of many", "four of many"), run);
        }
    }
}
