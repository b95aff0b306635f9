package dev.lion.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.role.Student;
import dev.lion.run.RunDirectory;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedRunTest {
    @TempDir
    Path temp;

    // region fakes
    @Test
    void run_rolesBreakDownAndRunIsContinued_studentEndsAsWithoutABreakdown() {
        run(ScriptedRoles.prompt(), new CountingStudent(), temp.resolve("whole"));

        Path cut = temp.resolve("cut");
        ScriptedRoles breakingDown = ScriptedRoles.breakingDownAt(20);
        assertThatThrownBy(() -> run(breakingDown, new CountingStudent(), cut))
                .isInstanceOf(ScriptedRoles.InjectedFault.class);
        ScriptedRoles again = ScriptedRoles.prompt();
        LoopResult result = run(again, new CountingStudent(), cut);

        assertThat(again.served()).doesNotContainAnyElementsOf(breakingDown.served()); // nothing is asked for twice
        assertThat(result.student().orElseThrow().resolve("mind"))
                .hasSameBinaryContentAs(temp.resolve("whole/student/iteration-2/mind"));
    }

    private static LoopResult run(ScriptedRoles roles, Student student, Path directory) {
        List<Instruction> seeds = IntStream.range(0, 10)
                .mapToObj(i -> Instruction.of("Tell me about subject number " + i))
                .toList();
        try (RunDirectory run = RunDirectory.open(directory)) {
            return AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .config(LoopConfig.builder()
                            .iterations(2)
                            .generatedPerIteration(6)
                            .toleratedFailureShare(1)
                            .build())
                    .build()
                    .run(InstructionPool.of(seeds), run);
        }
    }
    // endregion
}
