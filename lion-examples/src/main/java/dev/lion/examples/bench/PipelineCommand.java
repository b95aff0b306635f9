package dev.lion.examples.bench;

import dev.lion.data.Instruction;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.run.RunDirectory;
import dev.lion.run.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How near a discrimination comes to the slower of the two things it cannot be faster than. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Time a discrimination with simulated roles, on a real run directory, against its two lower bounds:",
            "all calls of teacher and referee at the limit, and all answers of the student one batch after another."
        })
final class PipelineCommand implements Callable<Integer> {
    private static final int ANSWER_LENGTH = 400;

    @Option(names = "--items", defaultValue = "2000", paramLabel = "N", description = "Cache Pool: ${DEFAULT-VALUE}")
    private int items;

    @Option(
            names = "--calls",
            defaultValue = "64",
            paramLabel = "N",
            description = "calls at the same time: ${DEFAULT-VALUE}")
    private int limit;

    @Option(
            names = "--call-seconds",
            defaultValue = "1",
            paramLabel = "S",
            description = "time of a call of teacher or referee: ${DEFAULT-VALUE}")
    private double callSeconds;

    @Option(
            names = "--student-seconds",
            defaultValue = "0.2",
            paramLabel = "S",
            description = "time of the student for an answer: ${DEFAULT-VALUE}")
    private double studentSeconds;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "instructions that the student answers at once: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--unanswered",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "share of the items that the teacher has yet to answer, from 0 to 0.9: ${DEFAULT-VALUE}")
    private double unanswered;

    @Option(
            names = "--scale",
            defaultValue = "1",
            paramLabel = "F",
            description = "factor on both times, for a quick look; the loop's own work is not scaled: ${DEFAULT-VALUE}")
    private double scale;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            paramLabel = "DIR",
            description = "where the run directory is made, and deleted: ${DEFAULT-VALUE}")
    private Path parent = Path.of("");

    @Override
    public Integer call() throws Exception {
        StageDurations durations = new StageDurations();
        int asked = run(durations);
        double calls = Math.ceil((2.0 * items + asked) / limit) * callSeconds * scale;
        double student = items * studentSeconds * scale;
        double took = durations.seconds(1, Stage.DISCRIMINATION);
        System.out.printf(
                Locale.ROOT,
                "%d items, %d calls of %.3f s, %d at a time; student %.3f s an item in batches of %d%n"
                        + "bounds    calls %.1f s, student %.1f s%n"
                        + "took      %.1f s%n"
                        + "ratio     %.3f of the slower bound%n",
                items,
                2 * items + asked,
                callSeconds * scale,
                limit,
                studentSeconds * scale,
                batch,
                calls,
                student,
                took,
                took / Math.max(calls, student));
        return 0;
    }

    private int run(StageDurations durations) throws Exception {
        int asked = (int) (items * unanswered);
        var pool = InventedText.pool(items, 1);
        var refused =
                pool.instructions().stream().limit(asked).map(Instruction::id).collect(Collectors.toSet());
        var roles = new SimulatedRoles(seconds(callSeconds), ANSWER_LENGTH);
        var teacher =
                new LateTeacher(refused, new SimulatedRoles(Duration.ZERO, ANSWER_LENGTH).teacher(), roles.teacher());
        try (var directory = ScratchDirectory.in(parent);
                var student = new SimulatedStudent(seconds(studentSeconds), ANSWER_LENGTH);
                var run = RunDirectory.open(directory.path())) {
            AdversarialLoop.builder()
                    .teacher(teacher)
                    .referee(roles.referee())
                    .generator(roles.generator())
                    .student(student)
                    .listener(durations)
                    .listener(teacher)
                    .config(config())
                    .build()
                    .run(pool, run);
        }
        return asked;
    }

    private LoopConfig config() {
        return LoopConfig.builder()
                .iterations(1)
                .generatedPerIteration(1)
                .maxConcurrentCalls(limit)
                .studentBatch(batch)
                .toleratedFailureShare(1)
                .build();
    }

    private Duration seconds(double unscaled) {
        return Duration.ofNanos((long) (unscaled * scale * 1e9));
    }
}
