package dev.lion.examples;

import dev.lion.data.ImitationSummary.LossPoint;
import dev.lion.role.StepMeasurement;
import dev.lion.role.TrainingContext;
import java.io.PrintStream;
import java.nio.file.Path;

/** A training outside a loop: its place on disk, a line for its steps, and a way to stop it. From any thread. */
final class FineTuningProgress implements TrainingContext, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    private final Path directory;
    private final long seed;
    private final PrintStream out;
    private final boolean live = Terminal.isInteractive();
    private long printedAt = System.nanoTime() - NANOS_BETWEEN_LINES;
    private boolean lineOpen;
    private boolean begun;
    private volatile boolean stop;

    FineTuningProgress(Path directory, long seed, PrintStream out) {
        this.directory = directory;
        this.seed = seed;
        this.out = out;
    }

    @Override
    public int iteration() {
        return 0;
    }

    @Override
    public long randomSeed() {
        return seed;
    }

    void requestStop() {
        stop = true;
    }

    @Override
    public boolean stopRequested() {
        return stop;
    }

    @Override
    public Path checkpointDirectory() {
        return directory;
    }

    /** On a terminal one line that changes with every step; elsewhere a line every ten seconds, and the last. */
    @Override
    public synchronized void onStep(LossPoint point, long totalSteps, StepMeasurement measured) {
        if (!begun && point.step() > 1) {
            out.println("continuing after step " + (point.step() - 1));
        }
        begun = true;
        String line = "step " + point.step() + " of " + totalSteps + ": " + StepWording.atAGlance(point, measured);
        if (live) {
            out.print("\r\u001b[2K" + line.substring(0, Math.min(line.length(), Math.max(1, Terminal.columns() - 1))));
            lineOpen = true;
        } else if (point.step() == totalSteps || System.nanoTime() - printedAt >= NANOS_BETWEEN_LINES) {
            out.println(line);
            printedAt = System.nanoTime();
        }
        out.flush();
    }

    @Override
    public synchronized void onNotice(String message) {
        close();
        out.println("note: " + message);
    }

    /** Ends the line of the steps. */
    @Override
    public synchronized void close() {
        if (lineOpen) {
            out.println();
            lineOpen = false;
        }
    }
}
