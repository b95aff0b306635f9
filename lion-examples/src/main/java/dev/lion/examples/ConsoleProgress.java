package dev.lion.examples;

import dev.lion.loop.LoopEvent;
import dev.lion.loop.LoopEvent.Batch;
import dev.lion.loop.LoopEvent.ItemSetAside;
import dev.lion.loop.LoopEvent.Notice;
import dev.lion.loop.LoopEvent.Progress;
import dev.lion.loop.LoopEvent.Retried;
import dev.lion.loop.LoopEvent.RunResumed;
import dev.lion.loop.LoopEvent.Spent;
import dev.lion.loop.LoopEvent.StageFinished;
import dev.lion.loop.LoopEvent.StageSpent;
import dev.lion.loop.LoopEvent.StageStarted;
import dev.lion.loop.LoopEvent.Stalled;
import dev.lion.loop.LoopEvent.TrainingStep;
import dev.lion.loop.LoopListener;
import dev.lion.run.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a run to a person: on a terminal a live bar for each stage with count, rate and remaining time, elsewhere one line
 * when a stage ends. Called by the loop, one event at a time.
 */
final class ConsoleProgress implements LoopListener, AutoCloseable {
    private static final int SHOWN_FAILURES = 5;

    private final PrintStream out;
    private final boolean live;
    private final int columns;
    private Optional<ProgressBar> bar = Optional.empty();
    private int failures;
    private String cost = "";

    ConsoleProgress(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
        this.columns = live ? Terminal.columns() - 1 : 0;
    }

    /** For the process's own standard output. */
    static ConsoleProgress ofStandardOutput() {
        return new ConsoleProgress(System.out, Terminal.isInteractive());
    }

    @Override
    public void on(LoopEvent event) {
        if (event instanceof StageStarted started) {
            started(started);
        } else if (event instanceof Progress progress) {
            progressed(progress.done(), progress.items(), cost);
        } else if (event instanceof TrainingStep step) {
            progressed(
                    step.point().step(), step.totalSteps(), " " + StepWording.atAGlance(step.point(), step.measured()));
        } else if (event instanceof StageFinished finished) {
            finished(finished);
        } else if (event instanceof StageSpent spent) {
            say("took: " + spent.inWords());
        } else if (event instanceof RunResumed resumed) {
            say("continuing " + resumed.run() + " after "
                    + Wording.count(resumed.finished().size(), "finished iteration"));
        } else if (event instanceof Notice notice) {
            say("note: " + notice.message());
        } else if (event instanceof Stalled stalled) {
            say("waiting: " + stalled.awaited());
        } else if (event instanceof ItemSetAside aside) {
            failed("left out: " + Wording.lower(aside.role()) + ", " + Wording.lower(aside.stage()) + " of "
                    + aside.instructionId() + ": " + aside.reason());
        } else if (event instanceof Spent spent) {
            cost = " "
                    + spent.soFar()
                            .money()
                            .map(money -> money + " of " + spent.budget())
                            .orElse("of " + spent.budget() + ", "
                                    + spent.soFar().calls() + " calls made");
        } else if (event instanceof Batch batch) {
            batch(batch);
        } else if (event instanceof Retried retried && live) {
            bar.ifPresent(shown -> shown.setExtraMessage(" retrying the " + Wording.lower(retried.role())));
        }
    }

    // what goes wrong with a batch is in a notice too
    private void batch(Batch batch) {
        if (batch.state() == Batch.State.SUBMITTED || batch.state() == Batch.State.TAKEN_UP) {
            say("batch " + batch.id() + " of " + Wording.count(batch.questions(), "question") + " to the "
                    + Wording.lower(batch.role()) + ": " + batch.detail());
        } else if (live) {
            bar.ifPresent(shown -> shown.setExtraMessage(
                    " batch " + batch.id() + ", " + batch.age().toMinutes() + " min"));
        }
    }

    private void started(StageStarted stage) {
        closeBar();
        failures = 0;
        if (live) {
            bar = Optional.of(new ProgressBarBuilder()
                    .setTaskName(title(stage.iteration(), stage.stage()))
                    .setInitialMax(stage.items())
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(out, columns))
                    .build());
        }
    }

    private void progressed(long done, long items, String message) {
        bar.ifPresent(shown -> {
            shown.maxHint(items);
            shown.stepTo(done);
            shown.setExtraMessage(message);
        });
    }

    private void finished(StageFinished stage) {
        closeBar();
        out.printf(
                Locale.ROOT,
                "%-28s %6s  %s%n",
                title(stage.iteration(), stage.stage()),
                seconds(stage.duration()),
                stage.result());
        if (failures > SHOWN_FAILURES) {
            out.println("  ... and " + (failures - SHOWN_FAILURES) + " more left out");
        }
        out.flush();
    }

    private void failed(String message) {
        failures++;
        if (failures <= SHOWN_FAILURES) {
            say(message);
        }
    }

    private void say(String message) {
        if (live && bar.isPresent()) {
            out.print("\r\u001b[2K");
        }
        out.println("  " + message);
        out.flush();
    }

    private void closeBar() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private static String title(int iteration, Stage stage) {
        return "Iteration " + iteration + " " + Wording.lower(stage);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        closeBar();
    }
}
