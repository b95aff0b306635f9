package dev.lion.examples.bench.decoding;

import dev.lion.examples.OptionFaults;
import dev.lion.examples.bench.HeldMemory;
import dev.lion.examples.bench.ScratchDirectory;
import dev.lion.student.LoadedStudent;
import dev.lion.student.decoding.Decoding;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether long decoding holds more and more memory. */
@Command(
        name = "decoding-soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Decode many batches of ever different prompts and lengths, some rows cancelled early, some with stop strings, some"
                    + " sampled, and look at the memory that this process holds.",
            "After a warm-up of a fifth of the batches it should stay within 3 %%: the mean of the last fifth against the"
                    + " second's.",
            "Java's garbage counts until it is collected: keep its heap still with -Xms128m -Xmx128m -XX:+AlwaysPreTouch."
        })
public final class DecodingSoak implements Callable<Integer> {
    private static final int KINDS = 5;

    /** Parts of the batches that are compared, each of one at least. */
    private static final int FIFTHS = 5;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--case",
            defaultValue = "5m-fp32",
            paramLabel = "CASE",
            description = "as bench decoding (default: ${DEFAULT-VALUE})")
    private String name = "";

    @Option(
            names = "--batches",
            defaultValue = "2000",
            paramLabel = "N",
            description = "batches, 5 or more (default: ${DEFAULT-VALUE})")
    private int batches;

    @Option(
            names = "--rows",
            defaultValue = "12",
            paramLabel = "N",
            description = "a batch has 1 to N prompts (default: ${DEFAULT-VALUE})")
    private int rows;

    @Option(
            names = "--longest",
            defaultValue = "48",
            paramLabel = "N",
            description = "answers have 1 to N tokens (default: ${DEFAULT-VALUE})")
    private int longest;

    @Option(names = "--threads", paramLabel = "N", description = "processors to use (default: all)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "of weights, prompts and choices (default: ${DEFAULT-VALUE})")
    private long seed;

    private int cancelled;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireUsableOptions();
        DecodingCase which = DecodingCase.named(name);
        var random = new Random(seed);
        var held = new HeldMemory("batch", batches);
        try (var scratch = ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")));
                var student = LoadedStudent.load(
                        RandomStudents.folder(scratch.path(), which.shape(), seed),
                        CaseRun.config(which, rows, threads))) {
            for (int i = 0; i < batches; i++) {
                decode(student, MixedPrompts.of(1 + random.nextInt(rows), random.nextLong(), i), random);
                held.look();
            }
        }
        System.out.printf(
                Locale.ROOT, "%s, %d batches, %d rows cancelled: %s%n", name, batches, cancelled, held.summary());
        return 0;
    }

    private void requireUsableOptions() {
        var faults = new OptionFaults(Objects.requireNonNull(command))
                .atLeast(FIFTHS, "--batches", batches)
                .atLeast(1, "--rows", rows)
                .atLeast(1, "--longest", longest)
                .atLeast(1, "--threads", threads);
        DecodingCase.require(faults, "--case", name);
        faults.refuse();
    }

    private void decode(LoadedStudent student, List<String> prompts, Random random) throws InterruptedException {
        var begun = new ArrayList<Decoding>();
        for (String prompt : prompts) {
            int kind = random.nextInt(KINDS);
            var one =
                    student.answer(List.of(Message.user(prompt)), config(kind, random), random.nextLong(), text -> {});
            begun.add(one);
            if (kind == 0) {
                one.cancel();
            }
        }
        if (random.nextInt(KINDS) == 0) {
            begun.get(0).cancel();
        }
        for (Decoding one : begun) {
            end(one);
        }
    }

    private DecodingConfig config(int kind, Random random) {
        var greedy = DecodingConfig.greedy(1 + random.nextInt(longest));
        return switch (kind) {
            case 1 -> greedy.withStopStrings(List.of(" a", "e"));
            case 2 -> greedy.withTemperature(0.8).withTopP(0.9);
            case 3 -> greedy.withTemperature(1).withTopK(20).withRepetitionPenalty(1.1);
            default -> greedy;
        };
    }

    private void end(Decoding one) throws InterruptedException {
        try {
            one.await();
        } catch (CancellationException e) {
            cancelled++;
        }
    }
}
