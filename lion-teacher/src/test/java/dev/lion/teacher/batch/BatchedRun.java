package dev.lion.teacher.batch;

import dev.lion.cost.Price;
import dev.lion.cost.Prices;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.Batching;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopListener;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.testing.CountingStudent;
import dev.lion.testing.ScriptedRoles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A run whose teacher and referee ask a server, in batches or one by one; also as a process that can be killed. */
final class BatchedRun {
    static final Prices PRICES = Prices.of(Price.perMillionTokens(1000, 5000));

    private static final InstructionPool SEEDS = InstructionPool.of(IntStream.range(0, 30)
            .mapToObj(i -> Instruction.of("Tell me about subject number " + i))
            .toList());

    private BatchedRun() {}

    /** A sitting in a process of its own: base URL, directory. It says on its output what batches do. */
    public static void main(String[] words) {
        LoopResult result = sit(words[0], Path.of(words[1]), true, event -> {
            if (event instanceof LoopEvent.Batch batch) {
                System.out.println(batch.state());
                System.out.flush();
            }
        });
        System.exit(result.status() == LoopResult.Status.COMPLETED ? 0 : 3);
    }

    static List<String> command(String baseUrl, Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BatchedRun.class.getName(),
                baseUrl,
                directory.toString());
    }

    static LoopResult sit(String baseUrl, Path directory, boolean inBatches, LoopListener listener) {
        ChatModelTeacher.Builder teacher = ChatModelTeacher.builder(MessageBatchesServer.single(baseUrl));
        ChatModelReferee.Builder referee = ChatModelReferee.builder(MessageBatchesServer.single(baseUrl));
        if (inBatches) {
            BatchTerms terms = BatchTerms.usual().withLargest(25);
            teacher.batches(MessageBatchesServer.batches(baseUrl), terms);
            referee.batches(MessageBatchesServer.batches(baseUrl), terms);
        }
        AdversarialLoop loop = AdversarialLoop.builder()
                .teacher(teacher.build())
                .referee(referee.build())
                .generator(ScriptedRoles.prompt().generator())
                .student(new CountingStudent())
                .prices(PRICES)
                .batching(Batching.defaults()
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(40))
                        .withLeast(1))
                .config(LoopConfig.builder()
                        .iterations(1)
                        .generatedPerIteration(10)
                        .seed(7)
                        .firstBackoff(Duration.ofMillis(1))
                        .toleratedFailureShare(1)
                        .build())
                .listener(listener)
                .build();
        try (RunDirectory run = RunDirectory.open(directory)) {
            return loop.run(SEEDS, run);
        }
    }
}
