package dev.lion.examples;

import dev.lion.LionException;
import dev.lion.data.InstructionPool;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.loop.AdversarialLoop;
import dev.lion.loop.LoopResult;
import dev.lion.loop.RoleFailedException;
import dev.lion.report.HtmlReport;
import dev.lion.role.StoppedException;
import dev.lion.run.RunDirectory;
import dev.lion.run.RunStorageException;
import java.io.IOException;
import java.nio.file.Path;

/** A loop that a person started in a terminal and watches: progress, Ctrl-C, and the report at the end. */
final class WatchedRun {
    private WatchedRun() {}

    /**
     * Runs the loop to its end and writes the report.
     *
     * @throws StoppedException after Ctrl-C; what was done is on disk, the report up to date
     * @throws LionException when the disk or a role failed; says that the same command continues
     */
    static LoopResult run(AdversarialLoop.Builder builder, InstructionPool seeds, RunDirectory run) throws Exception {
        try (var progress = ConsoleProgress.ofStandardOutput()) {
            AdversarialLoop loop = builder.listener(progress).build();
            LoopResult result = runAndReport(loop, seeds, run);
            if (result.status() == LoopResult.Status.STOPPED) {
                throw new StoppedException(result.reason() + " (the same command continues)");
            }
            return result;
        }
    }

    private static LoopResult runAndReport(AdversarialLoop loop, InstructionPool seeds, RunDirectory run)
            throws Exception {
        try {
            LoopResult result = StopOnSignal.during(() -> loop.run(seeds, run), loop::stop);
            HtmlReport.of(run, Puzzles::nameOfFamily).writeTo(page(run));
            return result;
        } catch (RunStorageException | RoleFailedException | IOException e) {
            throw new LionException(
                    e.getMessage() + "\nEverything so far is in " + run.path()
                            + "; once the reason is removed, the same command continues",
                    e);
        }
    }

    static Path page(RunDirectory run) {
        return run.path().resolve("report.html");
    }
}
