package dev.lion.examples;

import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.ExactMatch;
import dev.lion.examples.puzzle.PuzzleGenerator;
import dev.lion.examples.puzzle.PuzzleItem;
import dev.lion.examples.puzzle.PuzzleReferee;
import dev.lion.examples.puzzle.PuzzleTeacher;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopConfig;
import dev.lion.loop.LoopResult;
import dev.lion.run.RunDirectory;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole loop in minutes and without a key: puzzles, a teacher that solves them, a student from scratch. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Distil a puzzle solver into a small model, offline, from random weights: watch the loop close in minutes.",
            "The teacher solves BIG-Bench-Hard-style puzzles by parsing them; the student learns from its answers alone.",
            "The same command continues an interrupted run; equal seeds give equal runs."
        })
final class QuickstartCommand implements Callable<Integer> {
    private static final int MOST_PUZZLES = 100_000;
    private static final int VOCABULARY = 1200;
    private static final int HIDDEN = 128;
    private static final int LAYERS = 4;
    private static final int CONTEXT = 512;
    private static final int BATCH = 16;
    private static final double LEARNING_RATE = 5e-4;
    private static final int MAX_NEW_TOKENS = 32;

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            description = "where all randomness comes from (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "the run's directory (default: runs/quickstart-SEED)")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--iterations",
            defaultValue = "3",
            paramLabel = "N",
            description = "adversarial iterations (default: ${DEFAULT-VALUE})")
    private int iterations;

    @Option(
            names = "--seeds",
            defaultValue = "1600",
            paramLabel = "N",
            description = "seed instructions (default: ${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--generate",
            defaultValue = "3200",
            paramLabel = "N",
            description = "new instructions an iteration (default: ${DEFAULT-VALUE})")
    private int generated;

    @Option(
            names = "--held-out",
            defaultValue = "400",
            paramLabel = "N",
            description = "held-out items (default: ${DEFAULT-VALUE})")
    private int heldOut;

    @Option(
            names = "--epochs",
            defaultValue = "4",
            paramLabel = "N",
            description = "passes over the Train Pool in each imitation (default: ${DEFAULT-VALUE})")
    private int epochs;

    @Override
    public Integer call() throws Exception {
        requireUsableOptions();
        List<Instruction> seedTexts = Puzzles.seeds(seeds, seed);
        List<PuzzleItem> items = Puzzles.heldOut(heldOut, seed, seedTexts).stream()
                .sorted(Comparator.comparing(PuzzleItem::family))
                .toList();
        Path directory = out.orElse(Path.of("runs", "quickstart-" + seed));
        introduce(directory);
        try (var run = RunDirectory.open(directory);
                var tokenizer = tokenizer(seedTexts);
                var student = student(tokenizer)) {
            LoopResult result = WatchedRun.run(loop(student, items), InstructionPool.of(seedTexts), run);
            new Farewell(run, result).print(System.out);
            tellNext(directory);
        }
        return 0;
    }

    private void requireUsableOptions() {
        new OptionFaults(Objects.requireNonNull(command))
                .atLeast(0, "--iterations", iterations)
                .within(1, MOST_PUZZLES, "--seeds", seeds)
                .within(1, MOST_PUZZLES, "--generate", generated)
                .within(1, MOST_PUZZLES, "--held-out", heldOut)
                .atLeast(1, "--epochs", epochs)
                .refuse();
    }

    private void introduce(Path directory) {
        System.out.println("Teacher: a solver of " + Puzzles.SEED_FAMILIES.size()
                + " kinds of puzzles. Student: a decoder with random weights, trained in this process.");
        System.out.println(seeds + " seeds, then " + iterations + " times: find what is hard, write " + generated
                + " more, imitate. Measured on " + heldOut + " held-out items. Run: " + directory);
        System.out.println();
    }

    /**
     * The paper's rules for new instructions are for prose: they forbid the word "instruction", which is in every navigation
     * puzzle, and a bracket at the beginning; and all bracket puzzles are equal to ROUGE-L, which sees words only. Here a
     * text is new when no other is the same.
     */
    private AdversarialLoop.Builder loop(DjlStudent student, List<PuzzleItem> items) {
        var held = items.stream().map(PuzzleItem::instruction).toList();
        return AdversarialLoop.builder()
                .teacher(new PuzzleTeacher())
                .referee(new PuzzleReferee())
                .generator(new PuzzleGenerator(Puzzles.texts(held)))
                .student(student)
                .evaluation(ExactMatch.on(items.stream()
                        .map(item -> new ExactMatch.Item(item.family(), item.instruction(), item.target()))
                        .toList()))
                .acceptanceRules(List.of())
                .config(LoopConfig.builder()
                        .iterations(iterations)
                        .generatedPerIteration(generated)
                        .maxRougeL(1)
                        .maxConcurrentCalls(2)
                        .studentBatch(256)
                        .seed(seed)
                        .build())
                .setting("quickstart.heldOut", Integer.toString(heldOut))
                .setting("quickstart.epochs", Integer.toString(epochs));
    }

    private StudentTokenizer tokenizer(List<Instruction> texts) {
        var teacher = new PuzzleTeacher();
        return StudentTokenizer.train(
                texts.stream()
                        .flatMap(text -> Stream.of(
                                PromptFormat.plain().prompt(text),
                                teacher.answer(text).text()))
                        .toList(),
                VOCABULARY);
    }

    private DjlStudent student(StudentTokenizer tokenizer) throws IOException {
        return DjlStudent.builder()
                .fromScratch(ScratchStudent.shape(tokenizer, HIDDEN, LAYERS, CONTEXT), tokenizer, seed)
                .promptFormat(PromptFormat.plain())
                .training(TrainingConfig.builder()
                        .epochs(epochs)
                        .learningRate(LEARNING_RATE)
                        .batchSize(BATCH)
                        .betas(0.9, 0.99)
                        .build())
                .decoding(DecodingConfig.greedy(MAX_NEW_TOKENS))
                .batching(BatchingConfig.defaults().withRows(100))
                .build();
    }

    private static void tellNext(Path directory) {
        System.out.println("for example        " + CommandPrefix.get() + " chat --student " + directory
                + " \"Sort the following words alphabetically: List: piano apple garden\"");
        System.out.println("Distil real models " + CommandPrefix.get() + " distil --help");
    }
}
