package dev.lion.loop;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/** A small loop that takes every path in well under a second. */
final class LoopFixture {
    static final InstructionPool SEEDS = InstructionPool.of(IntStream.range(0, 12)
            .mapToObj(i -> Instruction.of("Tell me about subject number " + i, i % 3 == 0 ? "input " + i : ""))
            .toList());

    private LoopFixture() {}

    static LoopConfig.Builder config() {
        return LoopConfig.builder()
                .iterations(2)
                .generatedPerIteration(9)
                .seed(42)
                .maxConcurrentCalls(4)
                .studentBatch(5)
                .firstBackoff(Duration.ZERO)
                .toleratedFailureShare(1);
    }

    static AdversarialLoop.Builder loop(ScriptedRoles roles) {
        return loop(roles, new CountingStudent());
    }

    static AdversarialLoop.Builder loop(ScriptedRoles roles, Student student) {
        return AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .student(student)
                .config(config().build());
    }

    static String firstWord(Instruction instruction) {
        return instruction.text().substring(0, instruction.text().indexOf(' '));
    }

    static LoopResult run(AdversarialLoop loop, Path directory) {
        try (RunDirectory run = RunDirectory.open(directory)) {
            return loop.run(SEEDS, run);
        }
    }
}
