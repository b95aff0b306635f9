package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.AgiEval;
import dev.lion.evaluation.BenchmarkItem;
import dev.lion.evaluation.BigBenchHard;
import dev.lion.evaluation.Contamination;
import dev.lion.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** On which tasks with right answers a student is measured, and what of them it must not have seen. */
final class BenchmarkOptions {
    @Option(
            names = "--bbh",
            paramLabel = "PATH",
            description = "task file, or folder of them, in BIG-Bench Hard's JSON format")
    private Optional<Path> bbh = Optional.empty();

    @Option(
            names = "--agieval",
            paramLabel = "PATH",
            description = "task file, or folder of them, in AGIEval's JSON Lines format")
    private Optional<Path> agiEval = Optional.empty();

    @Option(
            names = "--likelihood",
            description = "let the likeliest choice count, instead of what the student writes (open tasks are written)")
    private boolean likelihood;

    @Option(
            names = "--pool",
            paramLabel = "PATH",
            description =
                    "what the student was trained on: a file of instructions, or a run's directory; may be repeated"
                            + "; added to what the run of the student holds")
    private List<Path> pools = new ArrayList<>();

    @Option(
            names = "--keep-near",
            description = "measure also on what is near to the pool; left out is only what is in it word for word")
    private boolean keepNear;

    @Option(
            names = "--near",
            defaultValue = "0.7",
            paramLabel = "SCORE",
            description = "the least ROUGE-L score that is near (default: ${DEFAULT-VALUE}, the paper's)")
    private double near;

    /** Adds what is wrong. */
    OptionFaults check(OptionFaults faults) {
        return faults.require(near > 0 && near <= 1, "--near must be above 0 and at most 1, but is " + near)
                .require(isGiven() || !likelihood, "--likelihood needs --bbh or --agieval");
    }

    boolean isGiven() {
        return bbh.isPresent() || agiEval.isPresent();
    }

    boolean isByLikelihood() {
        return likelihood;
    }

    boolean keepsNear() {
        return keepNear;
    }

    /** The items by the name of their benchmark; nothing where none is given. */
    Map<String, List<BenchmarkItem>> items() {
        Map<String, List<BenchmarkItem>> items = new LinkedHashMap<>();
        bbh.ifPresent(path -> items.put("BIG-Bench Hard", BigBenchHard.questions(path)));
        agiEval.ifPresent(path -> items.put("AGIEval", AgiEval.questions(path)));
        return items;
    }

    /** What of the items is near to what the student was trained on; empty when that is not known. */
    Optional<Contamination> contamination(List<Instruction> items, Optional<Path> student) {
        List<Path> all = Stream.concat(student.flatMap(StudentFolder::run).stream(), pools.stream())
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        InstructionPool pool = InstructionPool.of(
                all.stream().flatMap(BenchmarkOptions::instructions).toList());
        return Optional.of(Contamination.of(items, pool, near));
    }

    /** The folders and files that were given, by their options. */
    void describe(BiConsumer<String, String> about) {
        bbh.ifPresent(path -> about.accept("bbh", name(path)));
        agiEval.ifPresent(path -> about.accept("agieval", name(path)));
        if (!pools.isEmpty()) {
            about.accept("pools", pools.stream().map(BenchmarkOptions::name).collect(Collectors.joining(", ")));
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    private static Stream<Instruction> instructions(Path pool) {
        if (!Files.isDirectory(pool)) {
            return InstructionPool.read(pool).instructions().stream();
        }
        if (!Files.exists(pool.resolve("run.json"))) {
            throw new LionException("--pool " + pool + " is a directory, but holds no run (no run.json);"
                    + " give a run's directory or a file of instructions");
        }
        try (RunDirectory run = RunDirectory.read(pool)) {
            return run.instructions().stream();
        }
    }
}
