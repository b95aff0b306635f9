package dev.lion.run;

import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.strategy.PreferenceRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A run in a process of its own, which can be killed. It prints one character when it begins, and exits with 0 when done. */
final class ChildRun {
    private ChildRun() {}

    /** Settings that differ in what is under way at a time. */
    enum Shape {
        TWO_ITERATIONS(2, 8, 6, 4, 3),
        MANY_AT_ONCE(1, 30, 16, 32, 12),
        MANY_ITERATIONS(4, 4, 4, 3, 2),
        ONE_AFTER_ANOTHER(1, 6, 4, 1, 4);

        private final int iterations;
        private final int seeds;
        private final int generated;
        private final int concurrentCalls;
        private final int studentBatch;

        Shape(int iterations, int seeds, int generated, int concurrentCalls, int studentBatch) {
            this.iterations = iterations;
            this.seeds = seeds;
            this.generated = generated;
            this.concurrentCalls = concurrentCalls;
            this.studentBatch = studentBatch;
        }

        int iterations() {
            return iterations;
        }

        int concurrentCalls() {
            return concurrentCalls;
        }

        private LoopConfig config(long seed) {
            return LoopConfig.builder()
                    .iterations(iterations)
                    .generatedPerIteration(generated)
                    .seed(seed)
                    .preferences(PreferenceRule.hard())
                    .maxConcurrentCalls(concurrentCalls)
                    .studentBatch(studentBatch)
                    .firstBackoff(Duration.ZERO)
                    .toleratedFailureShare(1)
                    .build();
        }
    }

    /** What a sitting needs to know. */
    record Order(Path directory, Path log, String sitting, Shape shape, long seed, int longestPauseMillis) {
        List<String> command() {
            return new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto", // these start it fast
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ChildRun.class.getName(),
                    directory.toString(),
                    log.toString(),
                    sitting,
                    shape.name(),
                    Long.toString(seed),
                    Integer.toString(longestPauseMillis)));
        }

        private static Order of(String[] words) {
            return new Order(
                    Path.of(words[0]),
                    Path.of(words[1]),
                    words[2],
                    Shape.valueOf(words[3]),
                    Long.parseLong(words[4]),
                    Integer.parseInt(words[5]));
        }
    }

    /** One sitting. */
    public static void main(String[] words) throws IOException {
        System.out.print("!");
        System.out.flush();
        LoopResult result = sit(Order.of(words), new Disk());
        System.exit(result.status() == LoopResult.Status.COMPLETED ? 0 : 3);
    }

    static LoopResult sit(Order order, Disk disk) throws IOException {
        LoggedRoles roles = new LoggedRoles(order.log(), order.sitting(), order.longestPauseMillis());
        InstructionPool seeds = SmallRun.seeds(order.shape().seeds);
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(roles.teacher())
                .referee(roles.referee())
                .generator(roles.generator())
                .student(roles.student())
                .config(order.shape().config(order.seed()))
                .build();
        try (RunDirectory run = RunDirectory.open(order.directory(), disk)) {
            return loop.run(seeds, run);
        }
    }
}
