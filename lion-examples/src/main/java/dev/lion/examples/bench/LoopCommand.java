package dev.lion.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the loop itself costs, when everybody answers at once. */
@Command(
        name = "loop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Time a whole iteration with roles that answer at once and a student that learns nothing, on a real run",
            "directory: the Cache Pool is answered by the student and judged in both orders, new instructions are",
            "generated and checked for novelty, the teacher answers them and the student reads them. The rate is the",
            "Cache Pool's size by the time of all that. The largest pool in a heap: java -Xmx1g -jar ... bench loop"
        })
final class LoopCommand implements Callable<Integer> {
    private static final int MEBI = 1 << 20;

    @Option(
            names = "--instructions",
            defaultValue = "20000",
            paramLabel = "N",
            description = "seed instructions, which are the Cache Pool: ${DEFAULT-VALUE}")
    private int instructions;

    @Option(
            names = "--generate",
            defaultValue = "2000",
            paramLabel = "N",
            description = "instructions to accept: ${DEFAULT-VALUE}")
    private int generated;

    @Option(
            names = "--calls",
            defaultValue = "16",
            paramLabel = "N",
            description = "calls at the same time: ${DEFAULT-VALUE}")
    private int calls;

    @Option(
            names = "--answer-length",
            defaultValue = "400",
            paramLabel = "N",
            description = "characters of an answer; evidence has a quarter: ${DEFAULT-VALUE}")
    private int answerLength;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            paramLabel = "DIR",
            description = "where the run directory is made, and deleted: ${DEFAULT-VALUE}")
    private Path parent = Path.of("");

    @Override
    public Integer call() throws Exception {
        StageDurations durations = new StageDurations();
        InstructionPool pool = InventedText.pool(instructions, 1);
        double processorBefore = processorSeconds();
        run(pool, durations);
        double processor = processorSeconds() - processorBefore;
        double seeds = durations.seconds(0, Stage.IMITATION);
        double discrimination = durations.seconds(1, Stage.DISCRIMINATION);
        double generation = durations.seconds(1, Stage.GENERATION);
        double imitation = durations.seconds(1, Stage.IMITATION);
        double iteration = discrimination + generation + imitation;
        System.out.printf(
                Locale.ROOT,
                "%d instructions, %d generated, answers of %d characters, %d calls at a time, heap of %d MiB%n",
                pool.size(),
                generated,
                answerLength,
                calls,
                Runtime.getRuntime().maxMemory() / MEBI);
        line("imitation of the seeds", seeds, pool.size());
        line("discrimination", discrimination, pool.size());
        line("generation", generation, generated);
        line("imitation", imitation, generated);
        line("the iteration", iteration, pool.size());
        line("processor time, all of it", processor, pool.size());
        return 0;
    }

    // other work on the machine stretches the clock, but hardly this
    private static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static void line(String what, double seconds, int items) {
        System.out.printf(Locale.ROOT, "%-26s%8.2f s  %,9.0f instructions/s%n", what, seconds, items / seconds);
    }

    private void run(InstructionPool pool, StageDurations durations) throws Exception {
        var roles = new SimulatedRoles(Duration.ZERO, answerLength);
        try (var directory = ScratchDirectory.in(parent);
                var student = new SimulatedStudent(Duration.ZERO, answerLength);
                var run = RunDirectory.open(directory.path())) {
            AdversarialLoop.builder()
                    .teacher(roles.teacher())
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .listener(durations)
                    .config(config())
                    .build()
                    .run(pool, run);
        }
    }

    private LoopConfig config() {
        return LoopConfig.builder()
                .iterations(1)
                .generatedPerIteration(generated)
                .maxConcurrentCalls(calls)
                .build();
    }
}
