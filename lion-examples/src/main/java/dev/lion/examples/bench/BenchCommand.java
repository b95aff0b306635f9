package dev.lion.examples.bench;

import dev.lion.examples.bench.decoding.DecodingBench;
import dev.lion.examples.bench.decoding.DecodingSoak;
import dev.lion.examples.bench.training.CaseCommand;
import dev.lion.examples.bench.training.MemoryBench;
import dev.lion.examples.bench.training.PackingBench;
import dev.lion.examples.bench.training.SoakBench;
import dev.lion.examples.bench.training.TrainingBench;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of measurements. A measurement is a command class named in {@code subcommands}, and nothing more. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure a part of lion on this machine.",
        subcommands = {
            NoveltyBench.class,
            JudgingBench.class,
            LoopCommand.class,
            PipelineCommand.class,
            TeacherBench.class,
            TrainingBench.class,
            PackingBench.class,
            MemoryBench.class,
            SoakBench.class,
            CaseCommand.class,
            DecodingBench.class,
            DecodingSoak.class,
            dev.lion.examples.bench.decoding.CaseCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "MEASUREMENT")
public final class BenchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(command).commandLine();
        throw new ParameterException(
                line, "say what to measure: one of " + line.getSubcommands().keySet());
    }
}
