package dev.lion.run;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.role.Student;
import dev.lion.strategy.PreferenceRule;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run that takes every path, and is small enough to be done some hundred times. */
final class SmallRun {
    static final int CONCURRENT_CALLS = 3;
    static final InstructionPool SEEDS = seeds(5);

    private SmallRun() {}

    static InstructionPool seeds(int count) {
        return InstructionPool.of(IntStream.range(0, count)
                .mapToObj(i -> Instruction.of("Tell me about subject number " + i, i % 3 == 0 ? "input " + i : ""))
                .toList());
    }

    /** An instruction that is like no other. */
    static Instruction words(long seed) {
        return Instruction.of(
                new Random(seed).ints(8, 0, 100_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" ")));
    }

    static LoopConfig.Builder config() {
        return LoopConfig.builder()
                .iterations(1)
                .generatedPerIteration(8)
                .seed(42)
                .preferences(PreferenceRule.hard())
                .maxConcurrentCalls(CONCURRENT_CALLS)
                .studentBatch(3)
                .firstBackoff(Duration.ZERO)
                .toleratedFailureShare(1);
    }

    /** Begins the run in a directory, or continues it. */
    static LoopResult on(Path directory, Disk disk, ScriptedRoles roles) {
        return on(directory, disk, roles, new CountingStudent());
    }

    static LoopResult on(Path directory, Disk disk, ScriptedRoles roles, Student student) {
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .student(student)
                .config(config().build())
                .build();
        try (RunDirectory run = RunDirectory.open(directory, disk)) {
            return loop.run(SEEDS, run);
        }
    }
}
