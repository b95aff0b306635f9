package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.Response;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.testing.ScriptedBatches;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A small loop whose teacher and referee have batches, and what it told. */
final class BatchFixture {
    final ScriptedRoles roles = ScriptedRoles.prompt();
    final ScriptedRoles far = ScriptedRoles.prompt();
    final ScriptedBatches<Instruction, Response> teacher = ScriptedBatches.of(far.teacher()::answer);
    final ScriptedBatches<Comparison, Verdict> referee = ScriptedBatches.of(far.referee()::judge);
    final List<LoopEvent> events = Collections.synchronizedList(new ArrayList<>());
    Batching batching = Batching.defaults()
            .withPauses(Duration.ofMillis(1), Duration.ofMillis(2))
            .withLeast(1);

    AdversarialLoop.Builder loop() {
        return LoopFixture.loop(roles)
                .teacher(ScriptedBatches.beside(roles.teacher(), teacher))
                .referee(ScriptedBatches.beside(roles.referee(), referee))
                .batching(batching)
                .listener(events::add);
    }

    LoopResult run(Path directory) {
        return LoopFixture.run(loop().build(), directory);
    }

    List<String> notices() {
        return events.stream()
                .filter(LoopEvent.Notice.class::isInstance)
                .map(event -> ((LoopEvent.Notice) event).message())
                .toList();
    }

    List<LoopEvent.Batch> told(LoopEvent.Batch.State state) {
        return events.stream()
                .filter(LoopEvent.Batch.class::isInstance)
                .map(LoopEvent.Batch.class::cast)
                .filter(event -> event.state() == state)
                .toList();
    }
}
