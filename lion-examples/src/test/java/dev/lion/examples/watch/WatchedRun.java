package dev.lion.examples.watch;

import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.run.Answer;
import dev.lion.run.IterationSummary;
import dev.lion.run.RecordType;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small run that is watched while a test writes it. */
final class WatchedRun {
    static final InstructionPool SEEDS =
            InstructionPool.of(List.of(Instruction.of("Add 2 and <b>3</b>."), Instruction.of("Add 4 and 5.")));

    private WatchedRun() {}

    static RunDirectory begun(Path folder) {
        RunDirectory run = RunDirectory.open(folder);
        run.begin(RunManifest.of(1, SEEDS, Map.of(), Map.of()), SEEDS);
        return run;
    }

    static Answer answer(Instruction instruction) {
        return new Answer(instruction.id(), new Response("5", FinishReason.STOP, TokenUsage.NONE));
    }

    /** Finishes its first iteration. */
    static void finish(RunDirectory run) {
        var directory = run.iteration(0);
        directory.commit(
                RecordType.ANSWERS,
                SEEDS.instructions().stream().map(WatchedRun::answer).toList());
        directory.finish(new IterationSummary(
                0,
                Optional.empty(),
                Optional.empty(),
                2,
                2,
                0,
                ImitationSummary.ofAll(2, 1, List.of()),
                Optional.empty(),
                0));
    }
}
